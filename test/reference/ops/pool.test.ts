import { describe, expect, it } from "vitest";
import type { PoolOp } from "../../../src/ir/ops/pool.ts";
import { mapOf } from "../../../src/ir/shape.ts";
import type { Value } from "../../../src/reference/kernel.ts";
import { counting, nodeFor, randomValue, runOp, value } from "../run-op.ts";
import { windowCases } from "./conv-cases.ts";

function poolOp(options: Partial<PoolOp>): PoolOp {
  return {
    op: "pool",
    countPadding: false,
    ceil: false,
    mode: "avg",
    kernel: [2, 2],
    stride: [1, 1],
    dilation: [1, 1],
    padding: "valid",
    ...options,
  };
}

/** Every window as a list of the numbers on the map. */
function windows(op: PoolOp, input: Value): readonly (readonly number[])[] {
  const node = nodeFor(op, [input.shape]);
  if (node.op !== "pool") throw new Error("not a pool");
  const { h, w, c } = mapOf(input.shape);
  const out = mapOf(node.shape);
  return Array.from({ length: out.h * out.w * c }, (_unused, i) => {
    const top = Math.floor(i / c / out.w) * op.stride[0] - node.pads[0];
    const left = (Math.floor(i / c) % out.w) * op.stride[1] - node.pads[2];
    const found: number[] = [];
    for (let y = Math.max(0, top); y < Math.min(h, top + op.kernel[0]); y++)
      for (let x = Math.max(0, left); x < Math.min(w, left + op.kernel[1]); x++)
        found.push(input.data[(y * w + x) * c + (i % c)] ?? NaN);
    return found;
  });
}

describe("the pool kernel", () => {
  for (const { name, extents, kernel, stride, dilation, padding } of windowCases) {
    if (dilation[0] !== 1 || dilation[1] !== 1) continue;
    it(`takes maximum and mean of what lies on the map: ${name}`, () => {
      const input = randomValue([...extents, 3], "input");
      const max = poolOp({ mode: "max", kernel, stride, padding });
      expect([...runOp(max, [input]).data]).toEqual(windows(max, input).map((values) => Math.max(...values)));
      const avg = poolOp({ mode: "avg", kernel, stride, padding });
      const means = windows(avg, input).map((values) => values.reduce((a, b) => a + b, 0) / values.length);
      runOp(avg, [input]).data.forEach((mean, i) => expect(mean).toBeCloseTo(means[i] ?? NaN, 13));
    });
  }

  it("never counts padding", () => {
    const op = poolOp({ kernel: [3, 3], padding: "same" });
    expect([...runOp(op, [value([2, 2, 1], [1, 2, 3, 6])]).data]).toEqual([3, 3, 3, 3]);
    const max = poolOp({ mode: "max", kernel: [3, 3], padding: "same" });
    expect([...runOp(max, [value([1, 1, 1], [-5])]).data]).toEqual([-5]);
  });

  it("gives what one works out by hand", () => {
    const op = poolOp({ stride: [2, 2] });
    expect([...runOp(op, [counting([2, 4, 1])]).data]).toEqual([(1 + 2 + 5 + 6) / 4, (3 + 4 + 7 + 8) / 4]);
  });

  it("hands a NaN on from any place in the window", () => {
    for (const mode of ["max", "avg"] as const) {
      for (let at = 0; at < 4; at++) {
        const data = [1, 2, 3, 4];
        data[at] = NaN;
        expect([...runOp(poolOp({ mode }), [value([2, 2, 1], data)]).data]).toEqual([NaN]);
      }
    }
  });
});

describe("as PyTorch 2.13 pools the squares of 1 to n with ceil_mode", () => {
  // Extent, kernel, stride, pads on both sides, count_include_pad, averages, maxima.
  const cases: readonly (readonly [number, number, number, number, boolean, readonly number[], readonly number[]])[] = [
    [2, 1, 3, 0, false, [1.0], [1.0]],
    [2, 1, 3, 0, true, [1.0], [1.0]],
    [4, 2, 3, 1, false, [1.0, 12.5], [1.0, 16.0]],
    [4, 2, 3, 1, true, [0.5, 12.5], [1.0, 16.0]],
    [5, 2, 2, 0, false, [2.5, 12.5, 25.0], [4.0, 16.0, 25.0]],
    [5, 2, 2, 0, true, [2.5, 12.5, 25.0], [4.0, 16.0, 25.0]],
    [5, 3, 2, 1, false, [2.5, 9.666667, 20.5], [4.0, 16.0, 25.0]],
    [5, 3, 2, 1, true, [1.666667, 9.666667, 13.666667], [4.0, 16.0, 25.0]],
    [6, 3, 3, 1, false, [2.5, 16.666666, 36.0], [4.0, 25.0, 36.0]],
    [6, 3, 3, 1, true, [1.666667, 16.666666, 18.0], [4.0, 25.0, 36.0]],
    [7, 3, 2, 0, false, [4.666667, 16.666666, 36.666668], [9.0, 25.0, 49.0]],
    [7, 3, 2, 0, true, [4.666667, 16.666666, 36.666668], [9.0, 25.0, 49.0]],
  ];
  it.each(cases)(
    "%i pixels, kernel %i, stride %i, pads %i, counted %s",
    (n, k, s, p, countPadding, averages, maxima) => {
      const squares = value(
        [1, n, 1],
        Array.from({ length: n }, (_unused, i) => (i + 1) ** 2),
      );
      const op = poolOp({ kernel: [1, k], stride: [1, s], padding: [0, 0, p, p], countPadding, ceil: true });
      const result = runOp(op, [squares]);
      expect(result.data).toHaveLength(averages.length);
      averages.forEach((average, i) => expect(result.data[i]).toBeCloseTo(average, 5));
      expect([...runOp({ ...op, mode: "max" }, [squares]).data]).toEqual(maxima);
    },
  );
});

it("shares a map out as PyTorch's adaptive pools do", () => {
  const squares = (n: number) =>
    value(
      [n, 1, 1],
      Array.from({ length: n }, (_unused, i) => (i + 1) ** 2),
    );
  const to = (mode: "avg" | "max", size: number, n: number) => [
    ...runOp({ op: "adaptive_pool", mode, size: [size, 1] }, [squares(n)]).data,
  ];
  [14 / 3, 50 / 3, 110 / 3].forEach((average, i) => expect(to("avg", 3, 7)[i]).toBeCloseTo(average, 12));
  expect(to("max", 3, 7)).toEqual([9, 25, 49]);
  expect(to("avg", 4, 5)).toEqual([2.5, 6.5, 12.5, 20.5]);
  expect(to("avg", 9, 4)).toEqual([1, 1, 2.5, 4, 6.5, 9, 12.5, 16, 16]);
});
