import { afterAll, beforeAll, expect, test } from "vitest";
import { requestNodeDevice, type NodeDevice } from "../../../src/gpu/node-device.ts";
import { differences, emitChecked } from "../../support/gpu-run.ts";
import { randomMobileNetwork, randomNetwork } from "./random-build.ts";

// A sample of random-graphs.long.test.ts.

let node: NodeDevice;
beforeAll(async () => {
  node = await requestNodeDevice();
});
afterAll(() => node.close());

test.each(Array.from({ length: 24 }, (_unused, seed) => seed))("random network %i", async (seed) => {
  const { graph, weights, image } = randomNetwork(seed);
  expect(await differences(node.device, graph, weights, image)).toEqual([]);
});

test.each(Array.from({ length: 24 }, (_unused, seed) => seed))("random mobile network %i, all fused", async (seed) => {
  const { graph, weights, image } = randomMobileNetwork(seed);
  const files = emitChecked(graph, weights, { fusion: "always" });
  expect(await differences(node.device, graph, weights, image, files)).toEqual([]);
});
