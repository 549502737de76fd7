import type * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import type { ShapedGraph } from "../../../src/ir/graph.ts";
import { expectedWeights } from "../../../src/weights/expected-weights.ts";
import { compileSpecFile } from "../../support/compile-spec-file.ts";
import { compiled } from "../../support/compile-text.ts";
import { randomGraph } from "../../support/random-graph.ts";
import { trainingGraph } from "../../../src/passes/pipeline.ts";
import { disagreements, emittedSource, loadedModel, useCpu } from "./emitted-model.ts";

beforeAll(useCpu);

const training = (text: string): ShapedGraph => compiled(text).training;

describe("every layer agrees with the interpreter", () => {
  it.each(Array.from({ length: 20 }, (_unused, seed) => seed))(
    "random network %i",
    { timeout: 60_000 },
    async (seed) => {
      const graph = trainingGraph(randomGraph(seed), (diagnostic) => {
        throw new Error(diagnostic.message);
      });
      expect(await disagreements(graph, seed)).toEqual([]);
    },
  );

  it("blocks whose parts are optional, in all combinations", async () => {
    const graph = training(`
block unit(t, c, first s = 1, gate = false, k = 3) residual=auto {
  if t > 1 { expand: conv 1x1 (t * in.c) norm=batch act=hswish }
  depthwise k stride=s norm=batch act=relu
  if gate { se 2 }
  conv 1x1 c norm=batch
}
network N {
  input image [9, 9, 4]
  unit {
    | t | c | s | gate  | k |
    | 1 | 4 | 1 | false | 3 |
    | 2 | 4 | 1 | true  | 5 |
    | 1 | 6 | 2 | true  | 3 |
    | 3 | 6 | 1 | false | 3 |
  }
}`);
    expect(await disagreements(graph)).toEqual([]);
    const source = await emittedSource(graph);
    expect(source.match(/function unit\w*\(/g)).toEqual(["function unit("]);
  });

  it("blocks that do things in another order become two helpers", async () => {
    const graph = training(`
block fork(late) {
  if late { a: conv 1x1 4 act=relu
    p: pool max 2x2 }
  else { p: pool max 2x2
    a: conv 1x1 4 act=relu }
  last: conv 1x1 4 act=relu
}
network N {
  input image [9, 9, 3]
  a: fork true
  b: fork false
  c: fork true
}`);
    expect(await disagreements(graph)).toEqual([]);
    const source = await emittedSource(graph);
    expect(source.match(/function fork\w*\(/g)).toEqual(["function fork(", "function fork2("]);
  });

  it("values that live on: from=, outputs inside blocks, a block inside a block", async () => {
    const graph = training(`
block inner(c) residual=auto { mid: conv 3x3 c act=relu
  conv 1x1 c }
block outer(c) residual=auto { one: inner c
  two: inner c }
network N {
  input image [6, 6, 4]
  a: outer 4
  b: conv 1x1 4 act=swish
  c: branch add { path from=a { conv 1x1 4 } path { } }
  output early = a/one/mid
  output sum = a
}`);
    expect(await disagreements(graph)).toEqual([]);
    const { model } = await loadedModel(graph);
    expect(model.outputNames).toEqual(["a/one/mid/act", "a/add", "c"]);
  });
});

describe("shipped specs", () => {
  it("MobileNetV2 is under 250 lines, with its summary's names and counts", async () => {
    const graph = compileSpecFile("mobilenet_v2.mnet").training;
    const source = await emittedSource(graph);
    expect(source.split("\n").length).toBeLessThan(250);
    expect(source).toContain(
      'x = bottleneck(x, "bottleneck2_2", { expand: 144, filters: 24, residual: true }); // 56x56x24',
    );
    const { model } = await loadedModel(
      compileSpecFile("mobilenet_v2.mnet", { set: { size: 32, width: 0.35 } }).training,
    );
    const lines: string[] = [];
    model.summary(160, undefined, (line) => lines.push(String(line)));
    const text = lines.join("\n");
    for (const name of ["stem", "stem/norm", "stem/act", "bottleneck2_1/expand", "bottleneck2_2/add", "head/dense"]) {
      expect(text).toMatch(new RegExp(`^${name} \\(`, "m"));
    }
  });

  it("MobileNetV2 has the published number of parameters", async () => {
    const { training: graph } = compileSpecFile("mobilenet_v2.mnet");
    const { model } = await loadedModel(graph);
    const sum = (weights: tf.LayerVariable[]) =>
      weights.reduce(
        (total, weight) => total + weight.shape.reduce<number>((size, extent) => size * (extent ?? 1), 1),
        0,
      );
    expect(sum(model.trainableWeights)).toBe(3_504_872);
    expect(sum(model.weights)).toBe(3_538_984);
    model.dispose();
  });

  it.each([
    ["mobilenet_v2.mnet", { width: 0.35, size: 32, classes: 10 }],
    ["mobilenet_v3.mnet", { size: 32, classes: 10 }],
    ["shufflenet_v2.mnet", { size: 32, classes: 10 }],
    ["ghostnet.mnet", { size: 32, classes: 10 }],
  ] as const)("%s, small, agrees layer by layer", { timeout: 120_000 }, async (file, set) => {
    expect(await disagreements(compileSpecFile(file, { set }).training)).toEqual([]);
  });

  it("weights go by the names of the spec", async () => {
    const { training: graph } = compileSpecFile("tiny.mnet");
    const { model } = await loadedModel(graph);
    const slots: Readonly<Record<string, string>> = {
      depthwise_kernel: "kernel",
      moving_mean: "mean",
      moving_variance: "variance",
    };
    const names = model.weights.map(({ originalName }) =>
      originalName.replace(/[^/]+$/, (slot) => slots[slot] ?? slot),
    );
    expect(names.sort()).toEqual(
      expectedWeights(graph)
        .map(({ name }) => name)
        .sort(),
    );
  });
});
