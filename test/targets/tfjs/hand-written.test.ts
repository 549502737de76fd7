import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { compareTensors } from "../../../src/reference/compare.ts";
import { compiled } from "../../support/compile-text.ts";
import { loadedModel, useCpu } from "./emitted-model.ts";

beforeAll(useCpu);

const spec = `
network Small {
  input image [8, 8, 2]
  stem: conv 3x3 4 stride=2 norm=batch(momentum=0.9, eps=1e-3) act=relu6
  depthwise 3x3 norm=batch(momentum=0.9, eps=1e-3) act=relu6
  project: conv 1x1 6 norm=batch(momentum=0.9, eps=1e-3)
  pool avg
  flatten
  head: dense 3 act=softmax
}`;

/** The same network as somebody writes it with tf.layers, with bias off under batch norm. */
function handWritten(): tf.LayersModel {
  const norm = () => tf.layers.batchNormalization({ momentum: 0.9, epsilon: 1e-3 });
  const relu6 = () => tf.layers.reLU({ maxValue: 6 });
  return tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [8, 8, 2],
        filters: 4,
        kernelSize: 3,
        strides: 2,
        padding: "same",
        useBias: false,
      }),
      norm(),
      relu6(),
      tf.layers.depthwiseConv2d({ kernelSize: 3, padding: "same", useBias: false }),
      norm(),
      relu6(),
      tf.layers.conv2d({ filters: 6, kernelSize: 1, useBias: false }),
      norm(),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({ units: 3, activation: "softmax" }),
    ],
  });
}

/** Eighteen images and their classes, the same at each call. */
function examples() {
  const xs = tf.tensor4d(
    Array.from({ length: 18 * 128 }, (_unused, i) => Math.sin(i * 12.9898 + (Math.floor(i / 128) % 3))),
    [18, 8, 8, 2],
  );
  const labels = Array.from({ length: 18 }, (_unused, i) => i % 3);
  return { xs, ys: tf.oneHot(tf.tensor1d(labels, "int32"), 3).toFloat() };
}

async function fit(model: tf.LayersModel): Promise<readonly number[]> {
  const { xs, ys } = examples();
  model.compile({ optimizer: tf.train.sgd(0.05), loss: "categoricalCrossentropy" });
  const { history } = await model.fit(xs, ys, { epochs: 4, batchSize: 9, shuffle: false });
  return (history["loss"] ?? []).map(Number);
}

const values = (model: tf.LayersModel) => model.getWeights().map((tensor) => tensor.dataSync().slice());

describe("createModel() beside the same network written by hand", () => {
  it(
    "has the same weights, trainable and not, in the same order, and learns the same",
    { timeout: 60_000 },
    async () => {
      const { model } = await loadedModel(compiled(spec).training);
      const byHand = handWritten();
      const shapes = (weights: readonly { readonly shape: tf.Shape }[]) => weights.map(({ shape }) => shape);
      expect(shapes(model.trainableWeights)).toEqual(shapes(byHand.trainableWeights));
      expect(shapes(model.nonTrainableWeights)).toEqual(shapes(byHand.nonTrainableWeights));
      expect(shapes(model.weights)).toEqual(shapes(byHand.weights));

      byHand.setWeights(model.getWeights());
      const losses = await fit(model);
      expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
      expect(compareTensors(losses, await fit(byHand), { relative: 1e-5 })).toMatchObject({ agrees: true });
      const expected = values(byHand);
      for (const [i, found] of values(model).entries()) {
        const { agrees, reason } = compareTensors(expected[i] ?? [], found, { relative: 1e-4 });
        expect(agrees, `${model.weights[i]?.name ?? ""}: ${reason ?? ""}`).toBe(true);
      }
    },
  );

  it("comes back from model.save as it was, and goes on training", { timeout: 60_000 }, async () => {
    const { model } = await loadedModel(compiled(spec).training);
    await fit(model);
    let saved: tf.io.ModelArtifacts | undefined;
    await model.save(
      tf.io.withSaveHandler((artifacts) => {
        saved = artifacts;
        return Promise.resolve({ modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) });
      }),
    );
    const again = await tf.loadLayersModel(tf.io.fromMemory(saved ?? {}));
    expect(values(again)).toEqual(values(model));
    const { xs } = examples();
    const outputs = [model, again].map((one) => (one.predict(xs) as tf.Tensor).dataSync());
    expect(outputs[1]).toEqual(outputs[0]);
    const losses = await fit(again);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
  });
});
