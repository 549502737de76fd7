import { expect, it } from "vitest";
import { crc32 } from "../../src/formats/crc32.ts";
import { inspectWeights } from "../../src/weights/inspect.ts";

const summary = (...values: number[]) => {
  const data = Float32Array.from(values);
  return inspectWeights(new Map([["a/kernel", { name: "a/kernel", shape: [values.length], data }]]))[0];
};

it("sums a tensor up", () => {
  expect(summary(1, -3, 0, 6)).toEqual({
    name: "a/kernel",
    shape: [4],
    elements: 4,
    min: -3,
    max: 6,
    mean: 1,
    std: Math.sqrt((0 + 16 + 1 + 25) / 4),
    zeros: 0.25,
    checksum: crc32(new Uint8Array(Float32Array.of(1, -3, 0, 6).buffer)),
  });
});

it("does not hide a NaN", () => {
  expect(summary(1, NaN, 2)).toMatchObject({ min: NaN, max: NaN, mean: NaN, std: NaN });
});

it("keeps its digits where the mean is large", () => {
  expect(summary(1e6, 1e6 + 1)?.std).toBe(0.5);
});

it("computes zlib's CRC-32", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe("cbf43926");
  expect(crc32(new Uint8Array())).toBe("00000000");
});
