import { expect, test } from "vitest";
import { missingNeeds } from "../../../src/running/page/device-needs.ts";

const offer = { features: new Set(["timestamp-query"]), limits: { maxBufferSize: 268435456 } };

test("what an adapter has is not missed", () => {
  const needs = { features: ["timestamp-query"], limits: { maxBufferSize: 268435456 } };
  expect(missingNeeds(needs, offer)).toEqual([]);
});

test("each missing feature and limit is a sentence with both numbers", () => {
  const needs = {
    features: ["shader-f16"],
    limits: { maxBufferSize: 268435457, maxStorageBuffersPerShaderStage: 8 },
  };
  expect(missingNeeds(needs, offer)).toEqual([
    'The network needs the WebGPU feature "shader-f16", which this adapter does not have.',
    "The network needs maxBufferSize of 268 435 457, but this adapter allows 268 435 456.",
    "The network needs maxStorageBuffersPerShaderStage of 8, but this adapter allows 0.",
  ]);
});
