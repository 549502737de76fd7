import { describe, expect, it } from "vitest";
import type { ShapedGraph } from "../../src/ir/graph.ts";
import { interpret } from "../../src/reference/interpret.ts";
import { checkWeights } from "../../src/weights/check-weights.ts";
import { inspectWeights } from "../../src/weights/inspect.ts";
import { randomSource } from "../../src/weights/random.ts";
import { randomWeights } from "../../src/weights/random-weights.ts";
import { mobileNetV2 } from "../reference/mobilenet-v2-graph.ts";
import { graphBuilder } from "../support/graph-builder.ts";
import { layersGraph } from "./graphs.ts";

function rms(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
}

function run(graph: ShapedGraph) {
  const random = randomSource(2, "image");
  const [h = 0, w = 0, c = 0] = graph.input.shape;
  return interpret(
    graph,
    randomWeights(graph, 1),
    Array.from({ length: h * w * c }, () => 2 * random.uniform() - 1),
  );
}

describe("randomWeights", () => {
  it("fits the network", () => {
    const graph = layersGraph();
    expect(checkWeights(graph, randomWeights(graph, 1))).toEqual([]);
  });

  it("tries gammas of 0 and below and variances from tiny to large", () => {
    const store = randomWeights(mobileNetV2(32, 10), 1);
    const gather = (slot: string) => [...store].flatMap(([name, { data }]) => (name.endsWith(slot) ? [...data] : []));
    const gammas = gather("/gamma");
    expect(gammas.filter((x) => x === 0).length / gammas.length).toBeCloseTo(1 / 16, 1);
    expect(gammas.some((x) => x < 0)).toBe(true);
    const variances = gather("/variance");
    expect(Math.min(...variances)).toBeGreaterThan(0);
    expect(Math.min(...variances)).toBeLessThan(2e-6);
    expect(Math.max(...variances)).toBeGreaterThan(500);
    for (const slot of ["/beta", "/mean"]) expect(gather(slot).every((x) => x !== 0)).toBe(true);
  });

  it("keeps MobileNetV2's activations near 1 to the end", () => {
    const graph = mobileNetV2(64, 100);
    const values = run(graph);
    for (const node of graph.nodes) {
      if (node.op !== "batch_norm" && node.op !== "add" && node.op !== "dense") continue;
      const size = rms(values.get(node.id) ?? new Float64Array());
      expect(size).toBeGreaterThan(0.2);
      expect(size).toBeLessThan(5);
    }
  });

  it("keeps a deep chain of plain convs near 1, whatever its activations", () => {
    const g = graphBuilder("chain", [6, 6, 3]);
    let value = g.input;
    const convs: number[] = [];
    for (const [i, fn] of (["relu", "none", "tanh", "sigmoid", "none", "gelu", "hswish", "relu6"] as const).entries()) {
      for (let repeat = 0; repeat < 4; repeat++) {
        const path = `conv${i}_${repeat}`;
        value = g.conv(path, value, 32, { kernel: repeat % 2 === 0 ? 1 : 3 });
        convs.push(value);
        if (fn !== "none") value = g.act(path, value, fn);
      }
    }
    const values = run(g.shaped(value));
    for (const id of convs) {
      const size = rms(values.get(id) ?? new Float64Array());
      expect(size).toBeGreaterThan(0.1);
      expect(size).toBeLessThan(10);
    }
  });

  it("gives the same bytes for a seed, others for another", () => {
    const sums = (seed: number) => inspectWeights(randomWeights(layersGraph(), seed)).map(({ checksum }) => checksum);
    expect(sums(3)).toEqual(sums(3));
    expect(sums(3)).not.toEqual(sums(4));
  });
});
