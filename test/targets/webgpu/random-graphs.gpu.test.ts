import { afterAll, beforeAll, expect, test } from "vitest";
import { requestNodeDevice, type NodeDevice } from "../../../src/gpu/node-device.ts";
import { inferenceGraph, trainingGraph } from "../../../src/passes/pipeline.ts";
import { randomWeights } from "../../../src/weights/random-weights.ts";
import { differences, emitChecked, randomImage } from "../../support/gpu-run.ts";
import { randomGraph } from "../../support/random-graph.ts";
import { randomMobileGraph } from "../../support/random-mobile-graph.ts";

let node: NodeDevice;
beforeAll(async () => {
  node = await requestNodeDevice();
});
afterAll(() => node.close());

const refuse = ({ message }: { message: string }) => {
  throw new Error(message);
};

test.each(Array.from({ length: 100 }, (_unused, seed) => seed))("random network %i", async (seed) => {
  const training = trainingGraph(randomGraph(seed), refuse);
  const weights = randomWeights(training, seed);
  // Unfused now and then, so that each op's own kernel meets the others.
  const graph = seed % 4 === 0 ? training : inferenceGraph(training, refuse);
  expect(await differences(node.device, graph, weights, randomImage(graph, seed))).toEqual([]);
});

test.each(Array.from({ length: 200 }, (_unused, seed) => seed))("random mobile network %i, all fused", async (seed) => {
  const training = trainingGraph(randomMobileGraph(seed), refuse);
  const weights = randomWeights(training, seed);
  const graph = inferenceGraph(training, refuse);
  const image = randomImage(graph, seed);
  const files = emitChecked(graph, weights, { fusion: "always" });
  expect(await differences(node.device, graph, weights, image, files)).toEqual([]);
});
