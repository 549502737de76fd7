import { describe, expect, it } from "vitest";
import { checkWeights } from "../../src/weights/check-weights.ts";
import { initializeWeights } from "../../src/weights/initialize.ts";
import { randomWeights } from "../../src/weights/random-weights.ts";
import type { WeightTensor } from "../../src/formats/tensor.ts";
import { layersGraph } from "./graphs.ts";

const graph = layersGraph();

/** Findings after a change to weights that fit. */
function after(change: (store: Map<string, WeightTensor>) => void) {
  const store = new Map(randomWeights(graph, 1));
  change(store);
  return checkWeights(graph, store).map(({ code, severity, message }) => ({ code, severity, message }));
}

function edited(store: Map<string, WeightTensor>, name: string, at: number, value: number) {
  const tensor = store.get(name);
  if (tensor === undefined) throw new Error(name);
  store.set(name, { ...tensor, data: tensor.data.map((x, i) => (i === at ? value : x)) });
}

describe("checkWeights", () => {
  it("finds nothing in weights made for the network", () => {
    expect(checkWeights(graph, randomWeights(graph, 1))).toEqual([]);
    expect(checkWeights(graph, initializeWeights(graph, 1))).toEqual([]);
  });

  it("names a missing tensor and its shape", () => {
    expect(after((store) => store.delete("depthwise/kernel"))).toEqual([
      {
        code: "weights/missing",
        severity: "error",
        message: `Weight "depthwise/kernel" of shape 3x3x12x2 is missing.`,
      },
    ]);
  });

  it("names both shapes", () => {
    const turned = (store: Map<string, WeightTensor>) =>
      store.set("dense/kernel", { name: "dense/kernel", shape: [5, 24], data: new Float32Array(120) });
    expect(after(turned)).toEqual([
      {
        code: "weights/shape",
        severity: "error",
        message: `Weight "dense/kernel": expected shape 24x5, found 5x24 with 120 values.`,
      },
    ]);
    const short = (store: Map<string, WeightTensor>) =>
      store.set("dense/kernel", { name: "dense/kernel", shape: [24, 5], data: new Float32Array(119) });
    expect(after(short)[0]?.message).toContain("24x5 with 119 values");
  });

  it("finds what is not finite, to the last element", () => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      expect(after((store) => edited(store, "dense/bias", 4, bad))).toEqual([
        {
          code: "weights/not-finite",
          severity: "error",
          message: `Weight "dense/bias": expected 5 finite numbers, found 1 that are not: the first is ${bad} at index 4.`,
        },
      ]);
    }
  });

  it("finds a variance below zero and lets other tensors have negative numbers", () => {
    expect(after((store) => edited(store, "stem/norm/variance", 7, -0.5))).toEqual([
      {
        code: "weights/negative-variance",
        severity: "error",
        message: `Variance "stem/norm/variance": expected numbers from 0, found 1 of 8 below: the first is -0.5 at index 7.`,
      },
    ]);
    expect(after((store) => edited(store, "stem/norm/variance", 7, 0))).toEqual([]);
    expect(after((store) => edited(store, "stem/norm/mean", 7, -0.5))).toEqual([]);
  });

  it("finds numbers in the wrong byte order by their size", () => {
    const swapped = (store: Map<string, WeightTensor>) => {
      const kernel = store.get("dense/kernel")!;
      const from = new DataView(kernel.data.slice().buffer);
      const data = kernel.data.map((_value, i) => from.getFloat32(i * 4, false));
      store.set(kernel.name, { ...kernel, data: data.map((value) => (Number.isFinite(value) ? value : 0)) });
    };
    expect(after(swapped)[0]?.code).toBe("weights/too-large");
    expect(after((store) => edited(store, "stem/norm/gamma", 3, -(2 ** 65)))).toEqual([
      {
        code: "weights/too-large",
        severity: "error",
        message: `Weight "stem/norm/gamma": expected numbers up to 2^64, found 1 of 8 beyond: the first is -36893488147419103000 at index 3.`,
      },
    ]);
  });

  it("warns of a tensor that nothing reads", () => {
    const extra = { name: "stem/bias", shape: [8], data: new Float32Array(8) };
    expect(after((store) => store.set("stem/bias", extra))).toEqual([
      {
        code: "weights/unused",
        severity: "warning",
        message: `Weight "stem/bias" of shape 8 is read by no layer of "layers".`,
      },
    ]);
  });

  it("reports as many as there are, each on the row that reads it", () => {
    const findings = checkWeights(graph, new Map());
    expect(findings.map(({ code }) => code)).toEqual(Array.from({ length: 14 }, () => "weights/missing"));
    expect(findings[0]?.span).toEqual(graph.nodes[1]?.span);
    expect(findings.every(({ hint }) => hint !== null)).toBe(true);
  });
});
