import { expect, it } from "vitest";
import { ZEROS } from "../../../src/ir/initializer.ts";
import type { DenseOp } from "../../../src/ir/ops/dense.ts";
import { runOp, value } from "../run-op.ts";

const op: DenseOp = { op: "dense", units: 2, bias: true, init: ZEROS, biasInit: ZEROS, folded: [], activation: null };
// IO: five rows of inputs, two units.
const kernel = value([5, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
const bias = value([2], [0.5, -0.5]);

it("multiplies the vector with the kernel and adds the bias", () => {
  const result = runOp(op, [value([5], [1, 0, -1, 2, 3])], { kernel, bias });
  expect([...result.data]).toEqual([1 - 5 + 14 + 27 + 0.5, 2 - 6 + 16 + 30 - 0.5]);
});

it("applies a fused softmax over its units", () => {
  const softmax: DenseOp = { ...op, bias: false, activation: { fn: "softmax", alpha: 0 } };
  const [a = 0, b = 0] = runOp(softmax, [value([5], [0, 0, 0, 0, 1])], { kernel }).data;
  expect(a).toBeCloseTo(1 / (1 + Math.E), 14);
  expect(a + b).toBeCloseTo(1, 15);
});

it("hands a NaN on to every unit", () => {
  expect([...runOp(op, [value([5], [0, 0, 0, 0, NaN])], { kernel, bias }).data]).toEqual([NaN, NaN]);
});
