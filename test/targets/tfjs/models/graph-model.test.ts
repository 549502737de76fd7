import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import type { ShapedGraph } from "../../../../src/ir/graph.ts";
import { inferenceGraph, trainingGraph } from "../../../../src/passes/pipeline.ts";
import { judge } from "../../../../src/reference/judge.ts";
import { foldedForm } from "../../../../src/targets/tfjs/models/folded-form.ts";
import { graphModelFiles, graphNodeNames } from "../../../../src/targets/tfjs/models/graph-model.ts";
import { randomWeights } from "../../../../src/weights/random-weights.ts";
import { compileSpecFile } from "../../../support/compile-spec-file.ts";
import { randomGraph } from "../../../support/random-graph.ts";
import { randomImage, useCpu } from "../emitted-model.ts";
import { opNetworks } from "./op-networks.ts";
import { fromFiles, modelJson } from "./saved-model.ts";

beforeAll(useCpu);

const inferenceOf = (training: ShapedGraph) =>
  inferenceGraph(training, (diagnostic) => expect.fail(diagnostic.message));

/** Every value of the inference graph, as tf.js's graph executor computes it from the emitted files, against float64. */
async function disagreements(training: ShapedGraph, seed = 1): Promise<readonly string[]> {
  const weights = randomWeights(training, seed);
  const inference = inferenceOf(training);
  const model = await tf.loadGraphModel(fromFiles(graphModelFiles(foldedForm(inference, weights)), "graph"));
  const image = randomImage(inference, seed);
  const names = graphNodeNames(inference);
  const nodes = inference.nodes.filter((node) => node.op !== "input");
  const batch = tf.tensor(image, [1, ...inference.input.shape]);
  const values = model.execute(
    { [inference.input.name]: batch },
    nodes.map((node) => names.get(node.id) ?? ""),
  );
  const tensors = Array.isArray(values) ? values : [values];
  const given = new Map(
    nodes.map((node, i) => {
      expect(tensors[i]?.shape, node.path).toEqual([1, ...node.shape]);
      return [node.id, tensors[i]?.dataSync() ?? []] as const;
    }),
  );
  tf.dispose([batch, ...tensors]);
  model.dispose();
  const { comparisons } = judge(inference, weights, image, given);
  return nodes.flatMap((node) => {
    const reason = comparisons.get(node.id)?.reason ?? null;
    return reason === null ? [] : [`${node.path}: ${reason}`];
  });
}

describe("graph/model.json", () => {
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

describe("MobileNetV2", () => {
  const { training, inference } = compileSpecFile("mobilenet_v2.mnet", { set: { size: 64, width: 0.35, classes: 10 } });
  const files = graphModelFiles(foldedForm(inference, randomWeights(training, 1)));
  const { node: nodes } = modelJson(files, "graph").modelTopology as { node: { name: string; op: string }[] };

  it("is fused convs, residual sums and the head, and nothing else", () => {
    const counts = new Map<string, number>();
    for (const { op } of nodes) counts.set(op, (counts.get(op) ?? 0) + 1);
    counts.delete("Const");
    expect(Object.fromEntries(counts)).toEqual({
      Placeholder: 1,
      _FusedConv2D: 35,
      FusedDepthwiseConv2dNative: 17,
      AddV2: 10,
      Mean: 1,
      Reshape: 1,
      _FusedMatMul: 1,
      Softmax: 1,
    });
  });

  it("has the spec's input and output in its signature, and predicts", async () => {
    const model = await tf.loadGraphModel(fromFiles(files, "graph"));
    expect(model.inputs.map(({ name, shape }) => [name, shape])).toEqual([["image", [-1, 64, 64, 3]]]);
    expect(Object.keys(model.modelSignature)).toEqual(["inputs", "outputs"]);
    const output = model.predict(tf.zeros([2, 64, 64, 3])) as tf.Tensor;
    expect(output.shape).toEqual([2, 10]);
    model.dispose();
  });
});

it("a network of nothing but its input gives its input", async () => {
  const [, graph] = opNetworks().find(([name]) => name === "nothing but the input") ?? expect.fail("no such network");
  const model = await tf.loadGraphModel(fromFiles(graphModelFiles(foldedForm(graph, new Map())), "graph"));
  const image = randomImage(graph, 1);
  const output = model.predict(tf.tensor(image, [1, ...graph.input.shape])) as tf.Tensor;
  expect(output.dataSync()).toEqual(image);
});
