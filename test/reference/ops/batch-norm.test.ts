import { expect, it } from "vitest";
import type { BatchNormOp } from "../../../src/ir/ops/batch-norm.ts";
import { runOp, value } from "../run-op.ts";

const op: BatchNormOp = { op: "batch_norm", eps: 0.25, momentum: 0.99, scale: true, center: true };
const input = value([1, 2, 2], [3, 10, 5, -10]);
const mean = value([2], [1, 2]);
const variance = value([2], [0.75, 3.75]);
const gamma = value([2], [2, 0]);
const beta = value([2], [10, 7]);

it("normalises each channel by its moving averages", () => {
  expect([...runOp(op, [input], { gamma, beta, mean, variance }).data]).toEqual([14, 7, 18, 7]);
});

it("takes a norm without gamma and beta", () => {
  const bare = { ...op, scale: false, center: false };
  expect([...runOp(bare, [input], { mean, variance }).data]).toEqual([2, 4, 4, -6]);
});

it("hands a NaN on, even past a gamma of 0", () => {
  const result = runOp(op, [value([1, 1, 2], [3, NaN])], { gamma, beta, mean, variance });
  expect([...result.data]).toEqual([14, NaN]);
});

it("normalises a vector", () => {
  expect([...runOp(op, [value([2], [3, 10])], { gamma, beta, mean, variance }).data]).toEqual([14, 7]);
});
