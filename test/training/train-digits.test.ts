import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { type Digit, pixels, readDigits, shuffled, splitForChoices } from "../../examples/train-digits/digits.ts";
import { distort } from "../../examples/train-digits/distort.ts";
import { fitDigits } from "../../examples/train-digits/fit.ts";
import { compileDigits } from "../../examples/train-digits/model.ts";
import { lossCurve } from "../../examples/train-digits/report.ts";
import { registerWasmGradients } from "../../src/training/wasm-gradients.ts";
import { checkWeights } from "../../src/weights/check-weights.ts";
import { randomSource } from "../../src/weights/random.ts";

const { training, heldOut } = readDigits();

describe("the digits", () => {
  it("are 10 000, the first 200 of each class held out", () => {
    expect([training.length, heldOut.length]).toEqual([8000, 2000]);
    for (let label = 0; label < 10; label++) {
      const indices = heldOut.filter((digit) => digit.label === label).map(({ index }) => index);
      expect(indices).toEqual(Array.from({ length: 200 }, (_, i) => i));
    }
    expect(Math.min(...training.map(({ index }) => index))).toBe(200);
  });

  it("are ink between 0 and 1", () => {
    for (const { image } of [...training, ...heldOut]) {
      expect(image.length).toBe(pixels);
      expect(image.every((ink) => ink >= 0 && ink <= 1)).toBe(true);
      expect(image.some((ink) => ink > 0.5)).toBe(true);
    }
  });

  it("are split so that choices see the last of each class, and none twice", () => {
    const { rest, slice } = splitForChoices(training, 100);
    expect(slice.length).toBe(1000);
    expect(new Set([...rest, ...slice]).size).toBe(training.length);
    for (const { label, index } of slice) {
      expect(rest.every((digit) => digit.label !== label || digit.index < index)).toBe(true);
    }
  });

  it("are shuffled by seed, none lost", () => {
    const order = (seed: number) => shuffled(training, randomSource(seed, "order"));
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
    expect(new Set(order(1)).size).toBe(training.length);
  });
});

describe("distortion", () => {
  const { image } = training[0]!;
  const ink = (pixelsOf: Float32Array) => pixelsOf.reduce((sum, value) => sum + value, 0);

  it("is the same for the same seed, keeps the ink and stays within 0 to 1", () => {
    const once = (seed: number) => distort(image, randomSource(seed, "distortion"));
    expect(once(3)).toEqual(once(3));
    expect(once(3)).not.toEqual(once(4));
    // A tenth larger or smaller each way: a fifth more or less ink, and a little that leaves the frame.
    for (let seed = 0; seed < 50; seed++) {
      const distorted = once(seed);
      expect(Math.abs(ink(distorted) / ink(image) - 1)).toBeLessThan(0.3);
      expect(distorted.every((value) => value >= 0 && value <= 1.0001)).toBe(true);
    }
  });

  it("leaves the digit be where nothing is drawn", () => {
    const still = distort(image, { uniform: () => 0.5, normal: () => 0 });
    for (const [i, value] of still.entries()) expect(value).toBeCloseTo(image[i]!, 5);
  });
});

describe("training", () => {
  const few = training.filter((_, i) => i % 26 === 0);
  const graph = compileDigits();

  const train = async (digits: readonly Digit[], epochs: number) => {
    const losses: number[] = [];
    const weights = await fitDigits(graph, digits, {
      epochs,
      batchSize: 25,
      learningRate: 0.005,
      averageDecay: 0.9,
      seed: 1,
      onBatch: () => undefined,
      onEpoch({ loss }) {
        losses.push(loss);
        return Promise.resolve();
      },
    });
    return { losses, weights };
  };

  beforeAll(async () => {
    tf.enableProdMode();
    // Another test file of this process may have set it, and it slows every kernel.
    tf.env().set("IS_TEST", false);
    await tf.setBackend("wasm");
    registerWasmGradients(tf);
  });

  it("lowers the loss on 150 digits, and leaves no tensor behind", { timeout: 120_000 }, async () => {
    // The first model leaves the constants of its layers behind; later ones add nothing.
    await train(few.slice(0, 50), 1);
    const before = tf.memory().numTensors;
    const { losses, weights } = await train(few.slice(0, 150), 3);
    expect(losses).toHaveLength(3);
    expect(losses[2]! / losses[0]!).toBeLessThan(0.8);
    expect(checkWeights(graph, weights)).toEqual([]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("gives the same weights for the same seed", { timeout: 120_000 }, async () => {
    const [one, two] = [await train(few.slice(0, 100), 1), await train(few.slice(0, 100), 1)];
    expect(one.losses).toEqual(two.losses);
    for (const [name, { data }] of one.weights) expect(two.weights.get(name)?.data).toEqual(data);
  });
});

describe("the loss curve", () => {
  it("has one mark a column, the largest loss on top", () => {
    const rows = lossCurve([1, 0.1, 0.01], 3).split("\n");
    expect(rows).toEqual(["  1.0000 │ ●", "  0.1000 │   ●", "  0.0100 │     ●", "         └────── epoch 3"]);
  });

  it("draws one epoch", () => {
    expect(lossCurve([0.5]).split("\n")[0]).toBe("  0.5000 │ ●");
  });
});
