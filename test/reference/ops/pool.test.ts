import { describe, expect, it } from "vitest";
import type { PoolOp } from "../../../src/ir/ops/pool.ts";
import { mapOf } from "../../../src/ir/shape.ts";
import type { Value } from "../../../src/reference/kernel.ts";
import { counting, nodeFor, randomValue, runOp, value } from "../run-op.ts";
import { windowCases } from "./conv-cases.ts";

function poolOp(options: Partial<PoolOp>): PoolOp {
  return { op: "pool", mode: "avg", kernel: [2, 2], stride: [1, 1], dilation: [1, 1], padding: "valid", ...options };
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
