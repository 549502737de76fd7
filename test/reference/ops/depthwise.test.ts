import { describe, expect, it } from "vitest";
import { ZEROS } from "../../../src/ir/initializer.ts";
import type { ConvOp } from "../../../src/ir/ops/conv.ts";
import type { DepthwiseOp } from "../../../src/ir/ops/depthwise.ts";
import { randomValue, runOp, value } from "../run-op.ts";
import { windowCases } from "./conv-cases.ts";

const plain = {
  kernel: [1, 1],
  stride: [1, 1],
  dilation: [1, 1],
  padding: "same",
  bias: false,
  init: ZEROS,
  biasInit: ZEROS,
  folded: [],
  activation: null,
} as const;

describe("the depthwise kernel", () => {
  for (const { name, extents, ...window } of windowCases) {
    for (const multiplier of [1, 2, 3]) {
      it(`is a conv of one group a channel: ${name}, multiplier ${multiplier}`, () => {
        const channels = 5;
        const input = randomValue([...extents, channels], "input");
        const hwim = randomValue([...window.kernel, channels, multiplier], "kernel");
        // A grouped conv's kernel is HW1O with o = c * multiplier + m: the same bytes.
        const hwio = value([...window.kernel, 1, channels * multiplier], hwim.data);
        const bias = randomValue([channels * multiplier], "bias");
        const depthwise: DepthwiseOp = { ...plain, ...window, op: "depthwise", multiplier, bias: true };
        const conv: ConvOp = {
          ...plain,
          ...window,
          op: "conv",
          filters: channels * multiplier,
          groups: channels,
          bias: true,
        };
        const result = runOp(depthwise, [input], { kernel: hwim, bias });
        const expected = runOp(conv, [input], { kernel: hwio, bias });
        expect(result.shape).toEqual(expected.shape);
        expected.data.forEach((number, i) => expect(result.data[i]).toBeCloseTo(number, 12));
      });
    }
  }

  it("gives what one works out by hand", () => {
    const op: DepthwiseOp = { ...plain, op: "depthwise", multiplier: 2, kernel: [1, 2], padding: "valid" };
    // Channels a and b over two pixels; taps k[x][channel][m].
    const input = value([1, 2, 2], [1, 2, 3, 4]);
    const kernel = value([1, 2, 2, 2], [1, 10, 100, 1000, 2, 20, 200, 2000]);
    expect([...runOp(op, [input], { kernel }).data]).toEqual([1 + 6, 10 + 60, 200 + 800, 2000 + 8000]);
  });

  it("keeps a NaN to its own channel", () => {
    const op: DepthwiseOp = { ...plain, op: "depthwise", multiplier: 1 };
    const result = runOp(op, [value([1, 1, 2], [NaN, 2])], { kernel: value([1, 1, 2, 1], [0, 3]) });
    expect([...result.data]).toEqual([NaN, 6]);
  });
});
