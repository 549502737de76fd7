import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { decodeOnnx } from "../../src/formats/onnx-model.ts";
import { interpretOutputs } from "../../src/reference/interpret.ts";
import { initializeWeights } from "../../src/weights/initialize.ts";
import { compileSpecFile } from "../support/compile-spec-file.ts";
import { openCli } from "../support/cli-process.ts";

/** What the test needs of onnxruntime-web, which is a peer that may be missing. */
interface OnnxRuntime {
  readonly InferenceSession: {
    readonly create: (model: Uint8Array) => Promise<{
      readonly run: (
        inputs: Record<string, unknown>,
      ) => Promise<Record<string, { readonly data: Float32Array; readonly dims: readonly number[] }>>;
    }>;
  };
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => unknown;
}

const peer = "onnxruntime-web";
const runtime = await import(/* @vite-ignore */ peer).then(
  (module: OnnxRuntime) => module,
  () => null,
);

const cli = openCli();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mnet-onnx-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function build(spec: string): Promise<Uint8Array> {
  const out = join(folder, spec);
  const built = await cli.run(["build", `specs/${spec}`, "--target", "onnx", "--seed", "3", "--out", out]);
  expect(built).toMatchObject({ code: 0, stdout: "" });
  expect(readdirSync(out).sort()).toEqual(["mnet.manifest.json", "model.onnx"]);
  return readFileSync(join(out, "model.onnx"));
}

test("one file: the folded graph, its weights in it", async () => {
  const decoded = decodeOnnx(await build("tiny.mnet"));
  if (!decoded.ok) throw new Error(decoded.problem.message);
  const { graph, opsetImport } = decoded.value;
  expect(opsetImport).toEqual([{ domain: "", version: 17 }]);
  expect(graph.name).toBe("Tiny");
  expect(graph.node.map(({ opType }) => opType)).not.toContain("BatchNormalization");
  const { training } = compileSpecFile("tiny.mnet");
  const held = graph.initializer.reduce((sum, { rawData }) => sum + rawData.length / 4, 0);
  const read = [...initializeWeights(training, 3).values()].reduce((sum, { data }) => sum + data.length, 0);
  // Of a norm's four numbers a channel, folding leaves one.
  expect([held > read / 2, held < read]).toEqual([true, true]);
});

test("options of the other targets are refused, with what this one takes", async () => {
  const stray = await cli.run(["build", "specs/tiny.mnet", "--target", "onnx", "--lang", "js"]);
  expect(stray.code).toBe(2);
  expect(stray.stderr).toContain("--lang is for --target tfjs");
  expect(stray.stderr).toContain("--target onnx takes no options of its own.");
});

if (runtime !== null) {
  const { InferenceSession, Tensor } = runtime;
  test.each(["tiny.mnet", "kitchen_sink.mnet", "digits.mnet"])(
    "ONNX Runtime computes what the interpreter does: %s",
    async (spec) => {
      const { training } = compileSpecFile(spec);
      const { name, shape } = training.input;
      const size = shape.reduce((product, extent) => product * extent, 1);
      const image = Float32Array.from({ length: size }, (_, i) => Math.sin(i));
      const session = await InferenceSession.create(await build(spec));
      const results = await session.run({ [`inputs/${name}`]: new Tensor("float32", image, [1, ...shape]) });
      const expected = interpretOutputs(training, initializeWeights(training, 3), image);
      expect(Object.keys(results).sort()).toEqual([...expected.keys()].sort());
      for (const [output, values] of expected) {
        const { data } = results[output]!;
        expect(data.length).toBe(values.length);
        data.forEach((value, i) => expect(value).toBeCloseTo(values[i] ?? NaN, 4));
      }
    },
  );
}
