import { expect, test } from "vitest";
import { coverCrop, readsPictures, valuesOfPicture, waves } from "../../../src/playground/run/input-values.ts";
import type { RunBuild } from "../../../src/playground/compiler/run-host.ts";

function build(c: number, normalization: RunBuild["normalization"]): RunBuild {
  const nothing = new Map<never, never>();
  return {
    network: "Net",
    input: { h: 1, w: 2, c },
    normalization,
    webgpu: nothing,
    graphModel: nothing,
    weights: "seed",
    labels: null,
    lines: nothing,
  };
}

const picture = [10, 20, 30, 255, 200, 100, 0, 255];

test("a picture is normalised by channel", () => {
  const values = valuesOfPicture(picture, build(3, { mean: [0, 10, 20], std: [1, 2, 5] }));
  expect([...values]).toEqual([10, 5, 2, 200, 45, -4]);
  expect([...valuesOfPicture(picture, build(3, { mean: [100], std: [10] }))]).toEqual([-9, -8, -7, 10, 0, -10]);
  expect([...valuesOfPicture(picture, build(4, null))]).toEqual(picture);
});

test("grey is Rec. 601's", () => {
  const [first, second] = valuesOfPicture(picture, build(1, { mean: [0], std: [255] }));
  expect(first).toBeCloseTo((0.299 * 10 + 0.587 * 20 + 0.114 * 30) / 255, 6);
  expect(second).toBeCloseTo((0.299 * 200 + 0.587 * 100) / 255, 6);
});

test("networks that read no pictures say so, and have waves to run on", () => {
  expect(readsPictures(build(2, null).input)).toBe(false);
  expect(() => valuesOfPicture(picture, build(2, null))).toThrow(
    '"Net" reads 2 channels, but a picture has 1, 3 or 4.',
  );
  const values = waves({ h: 5, w: 4, c: 7 });
  expect(values).toHaveLength(140);
  expect(values.every((value) => Math.abs(value) <= 1)).toBe(true);
  expect(new Set(values).size).toBeGreaterThan(100);
});

test("the middle of a picture covers the input", () => {
  expect(coverCrop(400, 300, { h: 100, w: 100, c: 3 })).toEqual({ x: 50, y: 0, width: 300, height: 300 });
  expect(coverCrop(100, 100, { h: 50, w: 100, c: 3 })).toEqual({ x: 0, y: 25, width: 100, height: 50 });
});
