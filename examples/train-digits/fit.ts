import * as tf from "@tensorflow/tfjs";
import type { ShapedGraph } from "../../src/ir/graph.ts";
import { initializeWeights } from "../../src/weights/initialize.ts";
import { randomSource } from "../../src/weights/random.ts";
import type { WeightStore } from "../../src/formats/tensor.ts";
import { classes, type Digit, pixels, shuffled, side } from "./digits.ts";
import { distort } from "./distort.ts";
import { importModel } from "./model.ts";
import { averageWeights } from "./weight-average.ts";

export interface FitOptions {
  readonly epochs: number;
  readonly batchSize: number;
  /** The learning rate of the first step. It decreases to zero along half a cosine (Loshchilov and Hutter 2017). */
  readonly learningRate: number;
  /** The share of the average of the weights that each step keeps. */
  readonly averageDecay: number;
  /** The seed of the initial weights, the order and the distortion. The same seed gives the same training. */
  readonly seed: number;
  readonly onBatch: (progress: Progress) => void;
  readonly onEpoch: (epoch: Epoch) => Promise<void>;
}

/** The progress of an epoch. */
export interface Progress {
  readonly epoch: number;
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
}

export interface Epoch {
  /** From 1. */
  readonly epoch: number;
  readonly loss: number;
  /** The mean loss on the distorted training digits during the epoch. */
  readonly accuracy: number;
  /** The average of the weights so far. */
  readonly weights: WeightStore;
}

/**
 * Trains the emitted model with `model.fit` on the present backend of tf.js, and returns the average of its weights.
 */
export async function fitDigits(
  graph: ShapedGraph,
  digits: readonly Digit[],
  options: FitOptions,
): Promise<WeightStore> {
  const { epochs, batchSize, learningRate, averageDecay, seed, onBatch, onEpoch } = options;
  const model = await importModel(graph, initializeWeights(graph, seed));
  const optimizer = tf.train.adam(learningRate);
  model.compile({ optimizer, loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  const average = averageWeights(model, graph, averageDecay);
  const steps = Math.ceil(digits.length / batchSize);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = shuffled(digits, randomSource(seed, `order ${epoch}`));
    const random = randomSource(seed, `distortion ${epoch}`);
    const { xs, ys } = tensors(order.map(({ image, label }) => ({ image: distort(image, random), label })));
    const history = await model.fit(xs, ys, {
      batchSize,
      shuffle: false,
      initialEpoch: epoch,
      epochs: epoch + 1,
      callbacks: {
        onBatchBegin(batch) {
          const done = (epoch * steps + batch) / (epochs * steps);
          setLearningRate(optimizer, (learningRate * (1 + Math.cos(Math.PI * done))) / 2);
          return Promise.resolve();
        },
        onBatchEnd(batch, logs) {
          average.update();
          onBatch({ epoch: epoch + 1, step: batch + 1, steps, loss: logs?.["loss"] ?? NaN });
          return Promise.resolve();
        },
      },
    });
    tf.dispose([xs, ys]);
    const last = (name: string) => Number(history.history[name]?.at(-1) ?? NaN);
    await onEpoch({ epoch: epoch + 1, loss: last("loss"), accuracy: last("acc"), weights: average.read() });
  }
  const weights = average.read();
  average.dispose();
  model.dispose();
  optimizer.dispose();
  return weights;
}

/** Adam reads this field at each step. Only its type declares it read-only. */
function setLearningRate(optimizer: tf.Optimizer, learningRate: number): void {
  (optimizer as unknown as { learningRate: number }).learningRate = learningRate;
}

/** Returns images, [n, 28, 28, 1], and one-hot labels. */
export function tensors(digits: readonly { readonly image: Float32Array; readonly label: number }[]) {
  const images = new Float32Array(digits.length * pixels);
  for (const [i, { image }] of digits.entries()) images.set(image, i * pixels);
  const labels = tf.tensor1d(
    digits.map(({ label }) => label),
    "int32",
  );
  const ys = tf.tidy(() => tf.oneHot(labels, classes).toFloat());
  labels.dispose();
  return { xs: tf.tensor4d(images, [digits.length, side, side, 1]), ys };
}

/** Returns the most likely class for each digit. */
export function classify(model: tf.LayersModel, digits: readonly Digit[]): readonly number[] {
  const { xs, ys } = tensors(digits);
  const found = tf.tidy(() => (model.predict(xs, { batchSize: 100 }) as tf.Tensor).argMax(-1).dataSync());
  tf.dispose([xs, ys]);
  return Array.from(found);
}

/** Returns the share of the digits that the network with these weights classifies correctly. */
export async function accuracy(graph: ShapedGraph, weights: WeightStore, digits: readonly Digit[]): Promise<number> {
  const model = await importModel(graph, weights);
  const found = classify(model, digits);
  model.dispose();
  return digits.filter(({ label }, i) => found[i] === label).length / digits.length;
}
