import { describe, expect, it } from "vitest";
import type { ShapedGraph } from "../../src/ir/graph.ts";
import { compareTensors } from "../../src/reference/compare.ts";
import { interpret, interpretWith } from "../../src/reference/interpret.ts";
import { conditionedTolerance, layerTolerance } from "../../src/reference/tolerance.ts";
import { initializeWeights } from "../../src/weights/initialize.ts";
import { randomSource } from "../../src/weights/random.ts";
import { randomWeights } from "../../src/weights/random-weights.ts";
import type { WeightStore } from "../../src/weights/tensor.ts";
import { graphBuilder } from "../support/graph-builder.ts";
import { mobileNetV2 } from "./mobilenet-v2-graph.ts";

function imageFor(graph: ShapedGraph): Float32Array {
  const random = randomSource(3, "image");
  const [h = 0, w = 0, c = 0] = graph.input.shape;
  return Float32Array.from({ length: h * w * c }, () => 2 * random.uniform() - 1);
}

/** Values of every layer, rounded to float32 as a program stores them: the least that a float32 run is off by. */
function rounded(graph: ShapedGraph, weights: WeightStore, image: Float32Array) {
  return interpretWith(graph, weights, image, (_node, _inputs, value) => value.set(Float32Array.from(value)));
}

const tolerancesOf = (graph: ShapedGraph, weights: WeightStore) => {
  const image = imageFor(graph);
  const exact = interpret(graph, weights, image);
  return { image, exact, conditioned: conditionedTolerance(graph, weights, image, exact) };
};

describe("layerTolerance", () => {
  it("grows with the reduction length and with depth", () => {
    const g = graphBuilder("deep", [4, 4, 8]);
    const short = g.conv("short", g.input, 64);
    const long = g.conv("long", short, 64, { kernel: 3 });
    const graph = g.shaped(g.conv("last", long, 64));
    const tolerance = layerTolerance(graph);
    const at = (id: number) => tolerance.get(id) ?? NaN;
    expect(at(short)).toBeGreaterThan(at(g.input));
    expect(at(long)).toBeGreaterThan(3 * at(short));
    expect(at(3)).toBeGreaterThan(at(long));
    expect(at(3)).toBeLessThan(1e-4);
  });

  it("does not double at every residual", () => {
    const g = graphBuilder("residuals", [4, 4, 8]);
    let value = g.input;
    for (let i = 0; i < 20; i++) value = g.push(`add${i}`, { op: "add" }, [value, g.conv(`conv${i}`, value, 8)]);
    expect(layerTolerance(g.shaped(value)).get(value)).toBeLessThan(1e-5);
  });

  it("stays small enough to catch one part in a thousand at the end of MobileNetV2", () => {
    const graph = mobileNetV2(224, 1000);
    for (const bound of layerTolerance(graph).values()) expect(bound).toBeLessThan(1e-3);
  });
});

describe("conditionedTolerance", () => {
  it("changes nothing where float32 is no trouble, and holds for values rounded to float32", () => {
    const graph = mobileNetV2(32, 10);
    const weights = randomWeights(graph, 1);
    const { image, exact, conditioned } = tolerancesOf(graph, weights);
    const stored = rounded(graph, weights, image);
    const floor = layerTolerance(graph);
    for (const [id, expected] of exact) {
      expect(conditioned.get(id)).toBeLessThan(2 * (floor.get(id) ?? NaN) + 1e-6);
      expect(
        compareTensors(expected, stored.get(id) ?? [], { relative: conditioned.get(id) ?? NaN }).reason,
      ).toBeNull();
    }
  });

  it("says where float32 cannot compute a network: kernels of stddev 1 under clamps", () => {
    const plain = mobileNetV2(32, 10);
    const init = { kind: "truncated_normal", stddev: 1 } as const;
    const nodes = plain.nodes.map((node) => ("init" in node ? { ...node, init } : node));
    const graph = { ...plain, nodes };
    const weights = initializeWeights(graph, 1);
    const { image, exact, conditioned } = tolerancesOf(graph, weights);
    const stored = rounded(graph, weights, image);
    const floor = layerTolerance(graph);
    let beyondFloor = 0;
    for (const [id, expected] of exact) {
      const { relativeError } = compareTensors(expected, stored.get(id) ?? [], { relative: 1 });
      expect(relativeError).toBeLessThanOrEqual(conditioned.get(id) ?? NaN);
      if (relativeError > (floor.get(id) ?? NaN)) beyondFloor += 1;
    }
    expect(beyondFloor).toBeGreaterThan(50);
  });

  it("sees a norm that subtracts most of its input", () => {
    const g = graphBuilder("cancelling", [4, 4, 3]);
    const conv = g.conv("conv", g.input, 2);
    const norm = g.norm("conv", conv);
    const graph = g.shaped(norm);
    const weights = new Map(randomWeights(graph, 1));
    const set = (name: string, ...values: number[]) =>
      weights.set(name, { name, shape: [2], data: Float32Array.from(values) });
    set("conv/bias", 1e4, 1e4);
    set("conv/norm/mean", 1e4, 1e4);
    const { conditioned } = tolerancesOf(graph, weights);
    expect(conditioned.get(norm)).toBeGreaterThan(100 * (layerTolerance(graph).get(norm) ?? NaN));
  });
});
