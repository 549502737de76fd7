import { describe, expect, it } from "vitest";
import type { WeightStore } from "../../../src/formats/tensor.ts";
import type { Op } from "../../../src/ir/op.ts";
import type { SampleNormOp } from "../../../src/ir/ops/sample-norm.ts";
import { interpret } from "../../../src/reference/interpret.ts";
import { judge } from "../../../src/reference/judge.ts";
import { graphBuilder } from "../../support/graph-builder.ts";

const tensor = (name: string, data: readonly number[]) =>
  [`norm/${name}`, { name: `norm/${name}`, shape: [data.length], data: Float32Array.from(data) }] as const;

/** Two pixels of four channels. */
function ran(op: Op, input: readonly number[], weights: WeightStore = new Map()): readonly number[] {
  const g = graphBuilder("One", [2, 1, 4]);
  const node = g.push("norm", op, [g.input]);
  return [...(interpret(g.shaped(node), weights, Float32Array.from(input)).get(node) ?? [])];
}

const plain = (kind: SampleNormOp["kind"], groups = 1): Op => ({
  op: "sample_norm",
  kind,
  groups,
  eps: 1e-12,
  scale: false,
  center: false,
});
const near = (values: readonly number[]) => values.map((value): unknown => expect.closeTo(value, 5));

describe("norms by the sample's own numbers", () => {
  const input = [0, 0, 1, 3, 2, 2, 5, 7];
  it("layer: over the channels of each pixel", () => {
    const deviation = Math.sqrt(1.5);
    const second = [-2, -2, 1, 3].map((value) => value / Math.sqrt(4.5));
    expect(ran(plain("layer"), input)).toEqual(near([...[-1, -1, 0, 2].map((value) => value / deviation), ...second]));
  });
  it("rms: over the channels of each pixel, without a mean", () => {
    const [first, second] = [Math.sqrt(10 / 4), Math.sqrt(82 / 4)];
    expect(ran(plain("rms"), input)).toEqual(near(input.map((value, i) => value / (i < 4 ? first : second))));
  });
  it("group: over pixels and the channels of a group", () => {
    const deviation = Math.sqrt(5);
    const right = [-3, -1, 1, 3].map((value) => value / deviation);
    expect(ran(plain("group", 2), input)).toEqual(near([-1, -1, ...right.slice(0, 2), 1, 1, ...right.slice(2)]));
  });
  it("instance: over the pixels of each channel", () => {
    expect(ran(plain("instance"), input)).toEqual(near([-1, -1, -1, -1, 1, 1, 1, 1]));
  });
  it("has gamma and beta of each channel", () => {
    const weights = new Map([tensor("gamma", [1, 2, 3, 4]), tensor("beta", [0, 0, 10, -10])]);
    const op = { ...plain("instance"), scale: true, center: true } as Op;
    expect(ran(op, input, weights)).toEqual(near([-1, -2, 7, -14, 1, 2, 13, -6]));
  });
  it("scales by a constant, or by a learned factor of each channel", () => {
    const init = { kind: "ones" } as const;
    expect(ran({ op: "scale", factor: 2, init }, input)).toEqual(input.map((value) => 2 * value));
    const learned = new Map([tensor("gamma", [1, 0, -1, 2])]);
    expect(ran({ op: "scale", factor: null, init }, input, learned)).toEqual([0, 0, -1, 6, 2, 0, -5, 14]);
  });
  it("shifts by a constant, or by a learned amount of each channel", () => {
    const init = { kind: "zeros" } as const;
    expect(ran({ op: "shift", amount: 2, init }, input)).toEqual(input.map((value) => 2 + value));
    const learned = new Map([tensor("beta", [1, 0, -1, 2])]);
    expect(ran({ op: "shift", amount: null, init }, input, learned)).toEqual([1, 0, 0, 5, 3, 2, 4, 9]);
  });
});

describe("the judge", () => {
  const g = graphBuilder("One", [1, 1, 64]);
  const node = g.push("norm", plain("layer"), [g.input]);
  const graph = g.shaped(node);

  /** A float32 layer norm, its result moved by `off`. */
  function verdict(mean: number, off: number): boolean {
    const input = Float32Array.from({ length: 64 }, (_, i) => mean + Math.sin(i * 1.7));
    const f = Math.fround;
    const average = f(input.reduce((sum, value) => f(sum + value), 0) / 64);
    const variance = f(input.reduce((sum, value) => f(sum + f((value - average) ** 2)), 0) / 64);
    const value = input.map((x) => (x - average) / f(Math.sqrt(variance)) + off);
    const given = new Map([
      [0, input],
      [node, value],
    ]);
    return judge(graph, new Map(), input, given).comparisons.get(node)?.agrees ?? false;
  }

  it.each([0, 1, 100, 10_000])("takes a float32 run whose mean is %d deviations from 0", (mean) => {
    expect(verdict(mean, 0)).toBe(true);
  });
  it("refuses an error that the deviation does not excuse", () => {
    expect(verdict(1, 1e-3)).toBe(false);
    expect(verdict(100, 1e-2)).toBe(false);
  });
});
