import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { inferenceGraph, trainingGraph } from "../../../src/passes/pipeline.ts";
import { emitInfer } from "../../../src/targets/tfjs/infer/emit-infer.ts";
import { randomWeights } from "../../../src/weights/random-weights.ts";
import { compileSpecFile } from "../../support/compile-spec-file.ts";
import { randomGraph } from "../../support/random-graph.ts";
import { emittedSource } from "./emitted-model.ts";

const folder = join(import.meta.dirname, "../../../node_modules/.cache/mnet/test/tfjs-types");

/** Returns what TypeScript says under `strict` about sources beside each other. */
function typeErrors(sources: ReadonlyMap<string, string>): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const files = [...sources].map(([name, text]) => {
    const path = join(folder, `${name}.ts`);
    writeFileSync(path, text);
    return path;
  });
  const program = ts.createProgram(files, {
    strict: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noImplicitOverride: true,
    noFallthroughCasesInSwitch: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1;
    return `${file?.fileName.split("/").at(-1)}:${line} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

describe("emitted TypeScript", () => {
  it("type-checks under strict: specs and random networks over every op", { timeout: 180_000 }, async () => {
    const specs = ["mobilenet_v2_tf1", "mobilenet_v3", "ghostnet", "shufflenet_v2", "regnet", "tiny"];
    const graphs = specs.map((name) => compileSpecFile(`${name}.mnet`).training);
    for (let seed = 0; seed < 8; seed++) {
      graphs.push({
        ...trainingGraph(randomGraph(seed), (diagnostic) => expect.fail(diagnostic.message)),
        name: `random${seed}`,
      });
    }
    const sources = new Map<string, string>();
    for (const graph of graphs) {
      const weights = randomWeights(graph, 1);
      sources.set(graph.name, await emittedSource(graph, "ts", weights));
      const inference = inferenceGraph(graph, (diagnostic) => expect.fail(diagnostic.message));
      const [module] = await emitInfer(inference, weights, { language: "ts" });
      sources.set(`${graph.name}_infer`, String(module?.contents));
    }
    for (const source of sources.values()) expect(source).not.toMatch(/[:<|] *any\b|\bas any\b/);
    expect(typeErrors(sources)).toEqual([]);
  });

  it("is held to strict by this test", () => {
    expect(typeErrors(new Map([["wrong", "export const f = (x) => x;\n"]]))).toEqual([
      "wrong.ts:1 Parameter 'x' implicitly has an 'any' type.",
    ]);
  });
});
