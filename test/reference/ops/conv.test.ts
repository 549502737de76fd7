import { describe, expect, it } from "vitest";
import { ZEROS } from "../../../src/ir/initializer.ts";
import type { ConvOp } from "../../../src/ir/ops/conv.ts";
import { mapOf } from "../../../src/ir/shape.ts";
import type { Value } from "../../../src/reference/kernel.ts";
import { nodeFor, randomValue, runOp, value } from "../run-op.ts";
import { windowCases } from "./conv-cases.ts";

function convOp(options: Partial<ConvOp>): ConvOp {
  return {
    op: "conv",
    filters: 1,
    kernel: [1, 1],
    stride: [1, 1],
    dilation: [1, 1],
    padding: "same",
    groups: 1,
    bias: false,
    init: ZEROS,
    biasInit: ZEROS,
    folded: [],
    activation: null,
    ...options,
  };
}

/** The formula as the literature writes it, one sum for each output element. */
function direct(op: ConvOp, input: Value, kernel: Value, bias: Value | null): readonly number[] {
  const node = nodeFor(op, [input.shape]);
  if (node.op !== "conv") throw new Error("not a conv");
  const { h, w, c } = mapOf(input.shape);
  const out = mapOf(node.shape);
  const perGroup = c / op.groups;
  const result: number[] = [];
  for (let y = 0; y < out.h; y++)
    for (let x = 0; x < out.w; x++)
      for (let o = 0; o < out.c; o++) {
        let sum = bias === null ? 0 : (bias.data[o] ?? NaN);
        const group = Math.floor(o / (out.c / op.groups));
        for (let ky = 0; ky < op.kernel[0]; ky++)
          for (let kx = 0; kx < op.kernel[1]; kx++)
            for (let i = 0; i < perGroup; i++) {
              const iy = y * op.stride[0] - node.pads[0] + ky * op.dilation[0];
              const ix = x * op.stride[1] - node.pads[2] + kx * op.dilation[1];
              if (iy < 0 || iy >= h || ix < 0 || ix >= w) continue;
              const weight = kernel.data[((ky * op.kernel[1] + kx) * perGroup + i) * out.c + o] ?? NaN;
              sum += (input.data[(iy * w + ix) * c + group * perGroup + i] ?? NaN) * weight;
            }
        result.push(sum);
      }
  return result;
}

function expectClose(actual: ArrayLike<number>, expected: readonly number[]) {
  expect(actual.length).toBe(expected.length);
  expected.forEach((number, i) => expect(actual[i]).toBeCloseTo(number, 11));
}

describe("the conv kernel", () => {
  // 6 input channels: one round of four and a rest of two.
  const channels = [
    { cin: 1, filters: 1, groups: 1 },
    { cin: 6, filters: 5, groups: 1 },
    { cin: 6, filters: 4, groups: 2 },
    { cin: 5, filters: 10, groups: 5 },
  ];
  for (const { name, extents, ...window } of windowCases) {
    for (const { cin, filters, groups } of channels) {
      it(`computes ${name} from ${cin} to ${filters} channels in ${groups} groups`, () => {
        const op = convOp({ ...window, filters, groups, bias: true });
        const input = randomValue([...extents, cin], "input");
        const kernel = randomFloat32([...window.kernel, cin / groups, filters], "kernel");
        const bias = randomFloat32([filters], "bias");
        expectClose(runOp(op, [input], { kernel, bias }).data, direct(op, input, kernel, bias));
      });
    }
  }

  it("gives what one works out by hand", () => {
    // TensorFlow's "same" at stride 2 on an even map pads the bottom and right alone.
    const op = convOp({ kernel: [3, 3], stride: [2, 2] });
    const input = value([4, 4, 1], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
    const kernel = value([3, 3, 1, 1], [1, 0, 0, 0, 10, 0, 0, 0, 100]);
    const at = (first: number, middle: number, last: number) => first + 10 * middle + 100 * last;
    expect([...runOp(op, [input], { kernel }).data]).toEqual([at(1, 6, 11), at(3, 8, 0), at(9, 14, 0), at(11, 16, 0)]);
    const torch = { ...op, padding: "torch" as const };
    expect([...runOp(torch, [input], { kernel }).data]).toEqual([
      at(0, 1, 6),
      at(0, 3, 8),
      at(0, 9, 14),
      at(6, 11, 16),
    ]);
  });

  it("adds the bias where every tap lies in the padding", () => {
    const op = convOp({ padding: [1, 1, 1, 1], bias: true });
    const result = runOp(op, [value([1, 1, 1], [5])], { kernel: value([1, 1, 1, 1], [2]), bias: value([1], [0.5]) });
    expect([...result.data]).toEqual([0.5, 0.5, 0.5, 0.5, 10.5, 0.5, 0.5, 0.5, 0.5]);
  });

  it("applies its fused activation last", () => {
    const op = convOp({ filters: 3, bias: true, activation: { fn: "relu6", alpha: 0.01 } });
    const kernel = value([1, 1, 1, 3], [1, -1, 10]);
    const result = runOp(op, [value([1, 1, 1], [2])], { kernel, bias: value([3], [0.5, 0, 0]) });
    expect([...result.data]).toEqual([2.5, 0, 6]);
  });

  it("hands a NaN on, even where its weight is 0", () => {
    const kernel = value([1, 1, 2, 2], [0, 1, 1, 1]);
    const result = runOp(convOp({ filters: 2 }), [value([1, 2, 2], [NaN, 1, 2, 3])], { kernel });
    expect([...result.data]).toEqual([NaN, NaN, 3, 5]);
  });
});

/** Numbers that a store can hold, so that the formula and the kernel read the same ones. */
function randomFloat32(shape: readonly number[], name: string): Value {
  return value(shape, Float32Array.from(randomValue(shape, name).data));
}
