import { statSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { beforeAll, expect, it } from "vitest";
import { readDigits } from "../../examples/train-digits/digits.ts";
import { accuracy, classify } from "../../examples/train-digits/fit.ts";
import { compileDigits, importModel } from "../../examples/train-digits/model.ts";
import { readImage } from "../../src/cli/run/read-input.ts";
import { checkWeights } from "../../src/weights/check-weights.ts";
import { digitsWeightsFile, readDigitsWeights } from "./digits-weights.ts";

const graph = compileDigits();
const weights = readDigitsWeights();

beforeAll(async () => {
  tf.enableProdMode();
  // Another test file of this process may have set it, and it slows every kernel.
  tf.env().set("IS_TEST", false);
  await tf.setBackend("wasm");
});

it("fit the network, in less than 400 KB", () => {
  expect(checkWeights(graph, weights)).toEqual([]);
  expect(statSync(digitsWeightsFile).size).toBeLessThan(400_000);
});

it("read at least 98.3 % of the held-out digits", { timeout: 120_000 }, async () => {
  expect(await accuracy(graph, weights, readDigits().heldOut)).toBeGreaterThanOrEqual(0.983);
});

it("read the seven among the pictures", async () => {
  const image = await readImage("examples/photos/digit-7.png", graph, "cover");
  const model = await importModel(graph, weights);
  expect(classify(model, [{ image, label: 7, index: 0 }])).toEqual([7]);
  model.dispose();
});
