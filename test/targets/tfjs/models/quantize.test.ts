import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { inferenceGraph } from "../../../../src/passes/pipeline.ts";
import { interpretOutputs } from "../../../../src/reference/interpret.ts";
import { emitTfjsModels, quantizedForms } from "../../../../src/targets/tfjs/emit-models.ts";
import { quantizations } from "../../../../src/targets/tfjs/models/quantization.ts";
import { quantizerFor } from "../../../../src/targets/tfjs/models/quantize.ts";
import { randomSource } from "../../../../src/weights/random.ts";
import { randomWeights } from "../../../../src/weights/random-weights.ts";
import { graphBuilder } from "../../../support/graph-builder.ts";
import { randomImage, useCpu } from "../emitted-model.ts";
import { fromFiles } from "./saved-model.ts";

beforeAll(useCpu);

/** Returns the number that tf.js reads from the two bytes. */
async function decodedHalf(bits: number): Promise<number> {
  const weightData = new Uint16Array([bits]).buffer;
  const quantization = { dtype: "float16" } as const;
  const named = tf.io.decodeWeights(weightData, [{ name: "w", shape: [1], dtype: "float32", quantization }]);
  return (await named["w"]?.data())?.[0] ?? NaN;
}

describe("float16", () => {
  const { encode, round } = quantizerFor(new Float32Array(0), "float16");
  it.each([
    [0, 0x0000, 0],
    [1, 0x3c00, 1],
    [-2, 0xc000, -2],
    [1 + 2 ** -11, 0x3c00, 1],
    [1 + 3 * 2 ** -11, 0x3c02, 1 + 2 ** -9],
    [2047.9 / 1024, 0x4000, 2],
    [2 ** -14, 0x0400, 2 ** -14],
    [2 ** -24, 0x0001, 2 ** -24],
    [2 ** -25, 0x0000, 0],
    [1e9, 0x7bff, 65504],
    [-65519, 0xfbff, -65504],
  ])("%d is %d", async (value, bits, rounded) => {
    expect(encode(value)).toBe(bits);
    expect(round(value)).toBeCloseTo(rounded, 30);
    expect(await decodedHalf(bits)).toBe(rounded);
  });

  it("rounds as tf.js reads, over all magnitudes", async () => {
    const random = randomSource(1, "halves");
    for (let i = 0; i < 300; i++) {
      const value = Math.fround(random.normal() * 2 ** Math.floor(random.uniform() * 40 - 26));
      expect(await decodedHalf(encode(value))).toBe(round(value));
    }
  });
});

describe("uint8", () => {
  it("spans the kernel, keeps zero, and is off by half a step at most", () => {
    const kernel = Float32Array.from([-1, -0.3, 0, 0.2, 2]);
    const { encode, round, json } = quantizerFor(kernel, "uint8");
    expect(json).toMatchObject({ dtype: "uint8", scale: 3 / 255 });
    expect([...kernel].map(encode)).toEqual([0, 59, 85, 102, 255]);
    expect(round(0)).toBe(0);
    for (const value of kernel) expect(Math.abs(round(value) - value)).toBeLessThanOrEqual(1.5 / 255 + 1e-7);
  });
  it("keeps a kernel of zeros, and one of ones", () => {
    expect(quantizerFor(new Float32Array(3), "uint8").round(0)).toBe(0);
    expect(quantizerFor(new Float32Array([1, 1]), "uint8").round(1)).toBe(1);
  });
});

/** Groups, a dilation with a stride, a depthwise, a dense: every way a kernel is stored. */
function network() {
  const g = graphBuilder("Quantized", [9, 9, 4]);
  const grouped = g.act("a", g.norm("a", g.conv("a", g.input, 8, { kernel: 3, groups: 2 })), "relu");
  const dilated = g.conv("b", grouped, 6, { kernel: 3, dilation: 2, stride: 2, padding: [2, 2, 2, 2] });
  const depthwise = g.norm("c", g.depthwise("c", dilated));
  return g.shaped(g.dense("d", g.push("flat", { op: "flatten" }, [depthwise]), 5));
}

describe.each(quantizations)("both models in %s", (quantization) => {
  const training = network();
  const inference = inferenceGraph(training, (diagnostic) => expect.fail(diagnostic.message));
  const weights = randomWeights(training, 1);
  const image = randomImage(training, 1);
  const forms = quantizedForms({ training, inference }, weights, quantization);
  const exact = [...(interpretOutputs(training, weights, image).get("output") ?? [])];
  const largest = Math.max(...exact.map(Math.abs));

  it("the graph model computes what the report says, and not what full kernels compute", async () => {
    const files = emitTfjsModels({ training, inference }, weights, quantization);
    const model = await tf.loadGraphModel(fromFiles(files, "graph"));
    const actual = (model.predict(tf.tensor(image, [1, 9, 9, 4])) as tf.Tensor).dataSync();
    const said = interpretOutputs(forms.graph.graph, forms.graph.weights, image).get("output") ?? [];
    for (const [i, value] of said.entries()) expect(Math.abs((actual[i] ?? NaN) - value)).toBeLessThan(1e-5 * largest);
    expect(Math.max(...exact.map((value, i) => Math.abs(value - (said[i] ?? NaN))))).toBeGreaterThan(1e-5 * largest);
  });

  it("the layers model stores the kernels that the report names", async () => {
    const files = emitTfjsModels({ training, inference }, weights, quantization);
    const { weightData, weightSpecs } = (await fromFiles(files, "layers").load?.()) ?? {};
    const stored = tf.io.decodeWeights(weightData as ArrayBuffer, weightSpecs ?? []);
    for (const [name, said] of forms.layers.weights) {
      const tfjs = name.replace(/(mean|variance)$/, "moving_$1").replace("c/kernel", "c/depthwise_kernel");
      expect(stored[tfjs]?.dataSync(), name).toEqual(said.data);
    }
  });
});
