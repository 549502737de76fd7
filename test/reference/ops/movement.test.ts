import { expect, it } from "vitest";
import { axisOrders } from "../../../src/ir/ops/permute.ts";
import type { Op } from "../../../src/ir/op.ts";
import { counting, runOp, value } from "../run-op.ts";

it("hands input, dropout, flatten and squeeze through as they are", () => {
  const map = counting([1, 1, 4]);
  const ops: readonly Op[] = [{ op: "dropout", rate: 0.5 }, { op: "flatten" }, { op: "squeeze" }];
  for (const op of ops) expect([...runOp(op, [map]).data]).toEqual([1, 2, 3, 4]);
  expect(runOp({ op: "flatten" }, [counting([2, 3, 2])]).shape).toEqual([12]);
});

it("shuffles channels: output j * groups + g is input g * (c / groups) + j", () => {
  const result = runOp({ op: "shuffle", groups: 2 }, [counting([1, 2, 6])]);
  expect([...result.data]).toEqual([1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12]);
  const back = runOp({ op: "shuffle", groups: 3 }, [result]);
  expect([...back.data]).toEqual([...counting([1, 2, 6]).data]);
});

it("makes blocks of channels in TensorFlow's order and in PyTorch's, and takes them back", () => {
  // Channels of place 0, 1, 2, 3 with two channels each: tf.nn.depth_to_space and torch's pixel_shuffle.
  const deep = counting([1, 1, 8]);
  const orders = { tensorflow: [1, 2, 3, 4, 5, 6, 7, 8], torch: [1, 5, 2, 6, 3, 7, 4, 8] } as const;
  for (const order of ["tensorflow", "torch"] as const) {
    const wide = runOp({ op: "depth_to_space", blockSize: 2, order }, [deep]);
    expect(wide.shape).toEqual([2, 2, 2]);
    expect([...wide.data]).toEqual(orders[order]);
    const map = counting([3, 2, 18]);
    const there = runOp({ op: "depth_to_space", blockSize: 3, order }, [map]);
    expect([...runOp({ op: "space_to_depth", blockSize: 3, order }, [there]).data]).toEqual([...map.data]);
  }
});

it("shows the numbers of a value under another shape", () => {
  const result = runOp({ op: "reshape", extents: [6, 1, 2] }, [counting([2, 3, 2])]);
  expect(result.shape).toEqual([6, 1, 2]);
  expect([...result.data]).toEqual([...counting([2, 3, 2]).data]);
  expect(runOp({ op: "reshape", extents: [1, 2, 3] }, [counting([6])]).shape).toEqual([1, 2, 3]);
});

it("puts axes in every order", () => {
  // Row 1, column 2, channel 3 of the input is number 100 y + 10 x + c.
  const [h, w, c] = [2, 3, 4];
  const numbers = Array.from({ length: h * w * c }, (_unused, i) => {
    return 100 * Math.floor(i / (w * c)) + 10 * (Math.floor(i / c) % w) + (i % c);
  });
  const extents = { h, w, c };
  const digits = { h: 100, w: 10, c: 1 };
  for (const order of axisOrders) {
    const [down, across, deep] = [0, 1, 2].map((place) => order.charAt(place) as "h" | "w" | "c");
    const result = runOp({ op: "permute", order }, [value([h, w, c], numbers)]);
    expect(result.shape).toEqual([extents[down!], extents[across!], extents[deep!]]);
    const [, columns = 0, channels = 0] = result.shape;
    result.data.forEach((number, i) => {
      const [y, x, k] = [Math.floor(i / (columns * channels)), Math.floor(i / channels) % columns, i % channels];
      expect(number).toBe(y * digits[down!] + x * digits[across!] + k * digits[deep!]);
    });
  }
});

it("slices channels of every pixel", () => {
  const result = runOp({ op: "slice", from: 1, to: 3 }, [counting([2, 1, 4])]);
  expect(result.shape).toEqual([2, 1, 2]);
  expect([...result.data]).toEqual([2, 3, 6, 7]);
  expect([...runOp({ op: "slice", from: 2, to: 3 }, [counting([3])]).data]).toEqual([3]);
});

it("joins channels in the order of the inputs", () => {
  const result = runOp({ op: "concat" }, [counting([2, 1, 2]), value([2, 1, 1], [10, 20]), value([2, 1, 1], [-1, -2])]);
  expect([...result.data]).toEqual([1, 2, 10, -1, 3, 4, 20, -2]);
  expect([...runOp({ op: "concat" }, [value([1], [5]), value([2], [6, 7])]).data]).toEqual([5, 6, 7]);
});

it("pads with a value, with the map mirrored, and with its border, and crops what it padded", () => {
  const row = counting([1, 3, 1]);
  const pad = { op: "pad", mode: "constant", margins: [0, 0, 2, 1], channels: [0, 0], value: 9 } as const;
  expect([...runOp(pad, [row]).data]).toEqual([9, 9, 1, 2, 3, 9]);
  expect([...runOp({ ...pad, mode: "reflect" }, [row]).data]).toEqual([3, 2, 1, 2, 3, 2]);
  expect([...runOp({ ...pad, mode: "replicate" }, [row]).data]).toEqual([1, 1, 1, 2, 3, 3]);
  expect([...runOp({ op: "crop", margins: pad.margins }, [runOp(pad, [row])]).data]).toEqual([1, 2, 3]);
  const deep = runOp({ ...pad, margins: [0, 0, 0, 1], channels: [1, 0] }, [counting([1, 1, 2])]);
  expect(deep.shape).toEqual([1, 2, 3]);
  expect([...deep.data]).toEqual([9, 1, 2, 9, 9, 9]);
});

it("repeats pixels by the factor: nearest", () => {
  const result = runOp({ op: "resize", to: { factor: [2, 3] }, mode: "nearest", coordinates: "half_pixel" }, [
    value([1, 2, 1], [1, 2]),
  ]);
  expect(result.shape).toEqual([2, 6, 1]);
  expect([...result.data]).toEqual([1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2]);
});

it("draws lines between half-pixel centres and clamps at the border: bilinear", () => {
  const row = runOp({ op: "resize", to: { factor: [1, 2] }, mode: "bilinear", coordinates: "half_pixel" }, [
    value([1, 3, 1], [0, 4, 8]),
  ]);
  expect([...row.data]).toEqual([0, 1, 3, 5, 7, 8]);
  const thirds = runOp({ op: "resize", to: { factor: [1, 3] }, mode: "bilinear", coordinates: "half_pixel" }, [
    value([1, 2, 1], [0, 3]),
  ]);
  [0, 0, 1, 2, 3, 3].forEach((number, i) => expect(thirds.data[i]).toBeCloseTo(number, 14));
  const square = runOp({ op: "resize", to: { factor: [2, 2] }, mode: "bilinear", coordinates: "half_pixel" }, [
    value([2, 2, 1], [0, 4, 8, 12]),
  ]);
  expect([...square.data]).toEqual([0, 1, 3, 4, 2, 3, 5, 6, 6, 7, 9, 10, 8, 9, 11, 12]);
});

it.each([
  ["nearest", "asymmetric", [1, 1, 4, 9, 9, 16]],
  ["nearest", "half_pixel", [1, 4, 4, 9, 16, 16]],
  ["bilinear", "half_pixel", [1, 2.5, 4.833333, 8.166667, 12.5, 16]],
  ["bilinear", "align_corners", [1, 2.8, 5, 8, 11.8, 16]],
  ["bicubic", "half_pixel", [0.739583, 2.03125, 4.856481, 7.726852, 12.96875, 16.607639]],
  ["bicubic", "align_corners", [1, 2.296, 5, 7.52, 12.256, 16]],
] as const)("resizes four squares to six as PyTorch 2.13 does: %s, %s", (mode, coordinates, expected) => {
  const op: Op = { op: "resize", to: { size: [6, 1] }, mode, coordinates };
  const { data } = runOp(op, [value([4, 1, 1], [1, 4, 9, 16])]);
  expected.forEach((number, i) => expect(data[i]).toBeCloseTo(number, 5));
});

it("keeps a NaN to the pixels that read it", () => {
  const op: Op = { op: "resize", to: { factor: [1, 2] }, mode: "bilinear", coordinates: "half_pixel" };
  expect([...runOp(op, [value([1, 3, 1], [NaN, 4, 8])]).data]).toEqual([NaN, NaN, NaN, 5, 7, 8]);
});
