import { describe, expect, it } from "vitest";
import type { Initializer } from "../../src/ir/initializer.ts";
import { expectedWeights } from "../../src/weights/expected-weights.ts";
import { initializeWeights } from "../../src/weights/initialize.ts";
import { inspectWeights } from "../../src/weights/inspect.ts";
import { graphBuilder } from "../support/graph-builder.ts";
import { initializedWith, layersGraph } from "./graphs.ts";

/** Kernels large enough for statistics: conv 3x3x64x96, in 2 groups; depthwise 5x5x192x4; dense 768x100. */
function largeGraph() {
  const g = graphBuilder("large", [4, 4, 128]);
  const conv = g.conv("conv", g.input, 192, { kernel: 3, groups: 2 });
  const depthwise = g.depthwise("depthwise", conv, { kernel: 5, multiplier: 4 });
  const flat = g.push("flatten", { op: "flatten" }, [g.push("pool", { op: "global_pool", mode: "avg" }, [depthwise])]);
  return g.shaped(g.dense("dense", flat, 100));
}

const fans = {
  conv: { in: 9 * 64, out: 9 * 96 },
  depthwise: { in: 25, out: 25 * 4 },
  dense: { in: 768, out: 100 },
};

function kernels(init: Initializer) {
  const store = initializeWeights(initializedWith(largeGraph(), init), 42);
  return (Object.keys(fans) as (keyof typeof fans)[]).map((layer) => {
    const [summary] = inspectWeights(new Map([...store].filter(([name]) => name === `${layer}/kernel`)));
    if (summary === undefined) throw new Error(layer);
    return { ...summary, ...fans[layer], fanIn: fans[layer].in };
  });
}

describe("initializeWeights", () => {
  it("makes every expected tensor in order and nothing else", () => {
    const graph = layersGraph();
    const store = initializeWeights(graph, 1);
    expect([...store].map(([name, { shape }]) => [name, shape])).toEqual(
      expectedWeights(graph).map(({ name, shape }) => [name, shape]),
    );
    for (const { shape, data } of store.values()) expect(data).toHaveLength(shape.reduce((a, b) => a * b, 1));
  });

  it("starts norms as the identity and biases at zero", () => {
    const store = initializeWeights(layersGraph(), 1);
    for (const slot of ["gamma", "variance"])
      expect([...(store.get(`stem/norm/${slot}`)?.data ?? [])]).toEqual(new Array(8).fill(1));
    for (const slot of ["beta", "mean"])
      expect([...(store.get(`stem/norm/${slot}`)?.data ?? [])]).toEqual(new Array(8).fill(0));
    expect(store.get("dense/bias")?.data.every((x) => x === 0)).toBe(true);
  });

  it("fills with constants", () => {
    const constant = (init: Initializer) => kernels(init).map(({ min, max }) => [min, max]);
    expect(constant({ kind: "zeros" })).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(constant({ kind: "ones" })).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    const value = Math.fround(0.01);
    expect(constant({ kind: "constant", value: 0.01 })).toEqual([
      [value, value],
      [value, value],
      [value, value],
    ]);
  });

  it("draws a normal with its standard deviation, tails included", () => {
    for (const { mean, std, max } of kernels({ kind: "normal", stddev: 0.5 })) {
      expect(Math.abs(mean)).toBeLessThan(0.02);
      expect(Math.abs(std - 0.5)).toBeLessThan(0.01);
      expect(max).toBeGreaterThan(1.5);
    }
  });

  it("cuts a truncated normal at two of its standard deviations", () => {
    for (const { mean, std, min, max } of kernels({ kind: "truncated_normal", stddev: 1 })) {
      expect(Math.abs(mean)).toBeLessThan(0.02);
      expect(std).toBeCloseTo(0.8796, 1);
      expect(Math.abs(std - 0.8796)).toBeLessThan(0.01);
      expect(max).toBeLessThanOrEqual(2);
      expect(min).toBeGreaterThanOrEqual(-2);
      expect(max).toBeGreaterThan(1.95);
    }
  });

  const variances: readonly [Initializer["kind"], (fan: { fanIn: number; out: number }) => number][] = [
    ["he_normal", ({ fanIn }) => 2 / fanIn],
    ["he_uniform", ({ fanIn }) => 2 / fanIn],
    ["glorot_normal", ({ fanIn, out }) => 2 / (fanIn + out)],
    ["glorot_uniform", ({ fanIn, out }) => 2 / (fanIn + out)],
  ];
  for (const [kind, variance] of variances) {
    it(`gives ${kind} its variance, and its limits`, () => {
      for (const kernel of kernels({ kind } as Initializer)) {
        const stddev = Math.sqrt(variance(kernel));
        expect(Math.abs(kernel.std / stddev - 1)).toBeLessThan(0.015);
        expect(Math.abs(kernel.mean)).toBeLessThan(0.03 * stddev);
        const limit = kind.endsWith("normal") ? (2 / 0.87962566103423978) * stddev : Math.sqrt(3) * stddev;
        expect(kernel.max).toBeLessThanOrEqual(limit * (1 + 1e-7));
        expect(kernel.max).toBeGreaterThan(0.97 * limit);
      }
    });
  }

  it("counts a vector's length where a bias is drawn", () => {
    const store = initializeWeights(initializedWith(largeGraph(), { kind: "zeros" }, { kind: "he_uniform" }), 1);
    const bias = store.get("conv/bias")?.data ?? new Float32Array();
    expect(Math.max(...bias)).toBeLessThanOrEqual(Math.sqrt(6 / 192));
    expect(Math.max(...bias)).toBeGreaterThan(0.9 * Math.sqrt(6 / 192));
  });

  it("gives the same bytes for a seed, others for another", () => {
    const sums = (seed: number) =>
      inspectWeights(initializeWeights(layersGraph(), seed)).map(({ checksum }) => checksum);
    expect(sums(3)).toEqual(sums(3));
    expect(sums(3)).not.toEqual(sums(4));
  });

  it("leaves a tensor's numbers alone when layers come before it", () => {
    const build = (extra: boolean) => {
      const g = graphBuilder("net", [4, 4, 3]);
      const start = extra ? g.conv("extra", g.input, 3) : g.input;
      return initializeWeights(g.shaped(g.conv("conv", start, 5)), 9).get("conv/kernel")?.data;
    };
    expect(build(true)).toEqual(build(false));
  });
});
