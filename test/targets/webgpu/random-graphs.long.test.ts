import { afterAll, beforeAll, expect, test } from "vitest";
import { requestNodeDevice, type NodeDevice } from "../../../src/gpu/node-device.ts";
import { widenBuild } from "../../../src/targets/webgpu/emit/widen-build.ts";
import { campaignSeeds } from "../../support/campaign.ts";
import { differences, emitChecked } from "../../support/gpu-run.ts";
import { randomHalfBuild, randomMobileNetwork, randomNetwork } from "./random-build.ts";

let node: NodeDevice;
beforeAll(async () => {
  node = await requestNodeDevice();
});
afterAll(() => node.close());

test.each(campaignSeeds(40))("random network %i", async (seed) => {
  const { graph, weights, image } = randomNetwork(seed);
  expect(await differences(node.device, graph, weights, image)).toEqual([]);
});

test.each(campaignSeeds(60))("random mobile network %i, all fused", async (seed) => {
  const { graph, weights, image } = randomMobileNetwork(seed);
  const files = emitChecked(graph, weights, { fusion: "always" });
  expect(await differences(node.device, graph, weights, image, files)).toEqual([]);
});

test.each(campaignSeeds(20))("random network %i in 16 bits, read as float32", async (seed) => {
  const { graph, weights, files, image } = randomHalfBuild(seed);
  expect(await differences(node.device, graph, weights, image, widenBuild(files), new Set())).toEqual([]);
});
