import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import type { ShapedGraph } from "../../../../src/ir/graph.ts";
import { inferenceGraph, trainingGraph } from "../../../../src/passes/pipeline.ts";
import { judge } from "../../../../src/reference/judge.ts";
import { randomWeights } from "../../../../src/weights/random-weights.ts";
import { compileSpecFile } from "../../../support/compile-spec-file.ts";
import { randomGraph } from "../../../support/random-graph.ts";
import { randomImage, useCpu } from "../emitted-model.ts";
import { opNetworks } from "../models/op-networks.ts";
import { importInfer } from "./import-infer.ts";

beforeAll(useCpu);

/** The emitted module with every node's value as an output, against float64. */
async function disagreements(training: ShapedGraph, seed = 1): Promise<readonly string[]> {
  const weights = randomWeights(training, seed);
  const inference = inferenceGraph(training, (diagnostic) => expect.fail(diagnostic.message));
  const nodes = inference.nodes.filter((node) => node.op !== "input");
  const outputs = [...nodes, ...nodes.slice(0, 1)].map(({ id, path }, i) => ({
    name: `v${i}`,
    path,
    node: id,
    block: null,
  }));
  const { module, bytes } = await importInfer({ ...inference, outputs }, weights);
  const model = module.loadModel(bytes);
  const image = randomImage(inference, seed);
  const before = tf.memory().numTensors;
  const batch = tf.tensor(image, [1, ...inference.input.shape]);
  const values = model.predict(batch) as Record<string, tf.Tensor>;
  const given = new Map(
    nodes.map((node, i) => {
      expect(values[`v${i}`]?.shape, node.path).toEqual([1, ...node.shape]);
      return [node.id, values[`v${i}`]?.dataSync() ?? []] as const;
    }),
  );
  tf.dispose([batch, values]);
  expect(tf.memory().numTensors).toBe(before);
  model.dispose();
  const { comparisons } = judge(inference, weights, image, given);
  return nodes.flatMap((node) => {
    const reason = comparisons.get(node.id)?.reason ?? null;
    return reason === null ? [] : [`${node.path}: ${reason}`];
  });
}

describe("every value agrees with the interpreter", () => {
  it.each(opNetworks().filter(([name]) => name !== "nothing but the input"))("%s", async (_name, graph) => {
    expect(await disagreements(graph)).toEqual([]);
  });
  it.each(Array.from({ length: 20 }, (_unused, seed) => seed))("random network %i", async (seed) => {
    const graph = trainingGraph(randomGraph(seed), (diagnostic) => expect.fail(diagnostic.message));
    expect(await disagreements(graph, seed)).toEqual([]);
  });
  it.each(["mobilenet_v2", "mobilenet_v3", "shufflenet_v2", "ghostnet"])(
    "%s, small",
    { timeout: 120_000 },
    async (name) => {
      const { training } = compileSpecFile(`${name}.mnet`, { set: { size: 32, classes: 10 } });
      expect(await disagreements(training)).toEqual([]);
    },
  );
});

describe("the module", () => {
  const { training, inference } = compileSpecFile("mobilenet_v2.mnet", { set: { size: 64, width: 0.35, classes: 10 } });
  const weights = randomWeights(training, 1);

  it("is a line a layer, residuals by name", async () => {
    const { source } = await importInfer(inference, weights);
    expect(source).toContain(`  let x = conv(image, weights, "stem", { strides: 2, activation: "relu6" }); // 32x32x16
  x = depthwise(x, weights, "bottleneck1_1/depthwise", { activation: "relu6" }); // 32x32x16
  x = conv(x, weights, "bottleneck1_1/project"); // 32x32x8
`);
    expect(source).toContain("  x = tf.add(");
  });

  it("predicts a batch with one tensor, and keeps nothing else", async () => {
    const { module, bytes } = await importInfer(inference, weights);
    const model = module.loadModel(bytes);
    const batch = tf.zeros([2, 64, 64, 3]);
    const before = tf.memory().numTensors;
    const output = model.predict(batch) as tf.Tensor;
    expect(output.shape).toEqual([2, 10]);
    expect(tf.memory().numTensors).toBe(before + 1);
    output.dispose();
    model.dispose();
  });

  it("refuses weights that are cut off, not finite, or not its own", async () => {
    const { module, bytes } = await importInfer(inference, weights);
    const before = tf.memory().numTensors;
    expect(() => module.loadModel(new ArrayBuffer(4))).toThrow("not a safetensors file");
    expect(() => module.loadModel(bytes.slice(0, bytes.byteLength - 4))).toThrow("cut off");
    const bent = bytes.slice(0);
    new DataView(bent).setFloat32(bent.byteLength - 4, NaN, true);
    expect(() => module.loadModel(bent)).toThrow("not finite");
    const [other] = opNetworks();
    if (other === undefined) expect.fail("no network");
    const alien = await importInfer(other[1], randomWeights(other[1], 1));
    expect(() => module.loadModel(alien.bytes)).toThrow('lack "stem/kernel"');
    expect(tf.memory().numTensors).toBe(before);
  });
});

it("a network of nothing but its input gives a copy of its input", async () => {
  const [, graph] = opNetworks().find(([name]) => name === "nothing but the input") ?? expect.fail("no such network");
  const { module, bytes } = await importInfer(graph, new Map());
  const image = randomImage(graph, 1);
  const batch = tf.tensor(image, [1, ...graph.input.shape]);
  const output = module.loadModel(bytes).predict(batch) as tf.Tensor;
  batch.dispose();
  expect(output.dataSync()).toEqual(image);
});
