import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { NodeId, ShapedGraph } from "../../src/ir/graph.ts";
import { compareTensors } from "../../src/reference/compare.ts";
import { interpret, interpretWith } from "../../src/reference/interpret.ts";
import { judge } from "../../src/reference/judge.ts";
import { initializeWeights } from "../../src/weights/initialize.ts";
import { randomSource } from "../../src/weights/random.ts";
import { randomWeights } from "../../src/weights/random-weights.ts";
import type { WeightStore } from "../../src/formats/tensor.ts";
import { projectRoot } from "../support/cli-process.ts";
import { compileSpecFile } from "../support/compile-spec-file.ts";
import { compiled } from "../support/compile-text.ts";
import { graphBuilder } from "../support/graph-builder.ts";

function imageFor(graph: ShapedGraph): Float32Array {
  const random = randomSource(3, "image");
  const [h = 0, w = 0, c = 0] = graph.input.shape;
  return Float32Array.from({ length: h * w * c }, () => 2 * random.uniform() - 1);
}

/** A run whose every value is rounded to float32, as a program stores it; `fault` may spoil one on the way. */
function rounded(
  graph: ShapedGraph,
  weights: WeightStore,
  fault: (path: string, value: Float64Array) => void = () => undefined,
) {
  return interpretWith(graph, weights, imageFor(graph), (node, _inputs, value) => {
    value.set(Float32Array.from(value));
    fault(node.path, value);
  });
}

function faults(
  graph: ShapedGraph,
  weights: WeightStore,
  given: ReadonlyMap<NodeId, ArrayLike<number>>,
): readonly string[] {
  const { comparisons } = judge(graph, weights, imageFor(graph), given);
  return graph.nodes.filter((node) => comparisons.get(node.id)?.agrees === false).map((node) => node.path);
}

/** Bounds that a whole run in float32 keeps on a network without clamps. */
const near = { relative: 0.01, absolute: 1e-5 };

describe("judge", () => {
  const { training } = compileSpecFile("tiny.mnet");
  const weights = randomWeights(training, 1);

  it("accepts a run in float32", () => {
    expect(faults(training, weights, rounded(training, weights))).toEqual([]);
  });

  it("names the faulty layer alone, though everything after it is off", () => {
    const run = rounded(training, weights, (path, value) => {
      if (path === "bottleneck2_1/expand") value[value.length - 1]! += 0.01 * Math.max(...value);
    });
    expect(faults(training, weights, run)).toEqual(["bottleneck2_1/expand"]);
  });

  it.each([
    ["a NaN", (value: Float64Array) => value.map((element, i) => (i === 3 ? NaN : element))],
    ["an infinity", (value: Float64Array) => value.map((element, i) => (i === 0 ? Infinity : element))],
    ["another length", (value: Float64Array) => value.slice(1)],
    ["nothing", () => new Float64Array()],
  ])("refuses %s, and does not read it on", (_, spoil) => {
    const run = new Map(rounded(training, weights));
    const stem = training.nodes.find((node) => node.path === "stem")?.id ?? NaN;
    run.set(stem, spoil(run.get(stem) ?? new Float64Array()));
    expect(faults(training, weights, run)).toEqual(["stem"]);
  });

  it("computes what a run does not show", () => {
    const run = rounded(training, weights);
    const shown = new Map(
      [...run].filter(([id]) => training.nodes.find((node) => node.id === id)?.op === "activation"),
    );
    expect(faults(training, weights, shown)).toEqual([]);
  });

  it("keeps narrow bounds in a deep network of squeeze-excites, where errors grow with depth", () => {
    const deep = compileSpecFile("efficientnet.mnet", {
      network: "EfficientNetB4",
      set: { size: "32", classes: "10" },
    }).training;
    const deepWeights = randomWeights(deep, 0);
    const { comparisons, values } = judge(deep, deepWeights, imageFor(deep), rounded(deep, deepWeights));
    for (const [id, { agrees, bound }] of comparisons) {
      const largest = (values.get(id) ?? new Float64Array()).reduce(
        (most, value) => Math.max(most, Math.abs(value)),
        0,
      );
      expect(agrees).toBe(true);
      expect(bound).toBeLessThan(0.01 * largest + 1e-5);
    }
  });

  it("judges networks whose float32 run is nowhere near the float64 one: kernels of stddev 1 under clamps", () => {
    const text = readFileSync(join(projectRoot, "specs/mobilenet_v2_tf1.mnet"), "utf8");
    const wild = compiled(text.replace("input image [224, 224, 3]", "input image [96, 96, 3]")).training;
    const wildWeights = initializeWeights(wild, 1);
    const run = rounded(wild, wildWeights);
    const exact = interpret(wild, wildWeights, imageFor(wild));
    const apart = wild.nodes.filter(({ id }) => compareTensors(exact.get(id) ?? [], run.get(id) ?? [], near).reason);
    expect(apart.length).toBeGreaterThan(0);
    expect(faults(wild, wildWeights, run)).toEqual([]);
  });

  it("allows for a norm that subtracts most of its input", () => {
    const g = graphBuilder("cancelling", [4, 4, 3]);
    const conv = g.conv("conv", g.input, 2);
    const norm = g.norm("conv", conv);
    const graph = g.shaped(norm);
    const cancelling = new Map(randomWeights(graph, 1));
    const set = (name: string, ...values: number[]) =>
      cancelling.set(name, { name, shape: [2], data: Float32Array.from(values) });
    set("conv/bias", 1e4, 1e4);
    set("conv/norm/mean", 1e4, 1e4);
    const fused = new Map([...rounded(graph, cancelling)].filter(([id]) => id === norm));
    expect(faults(graph, cancelling, fused)).toEqual([]);
  });
});
