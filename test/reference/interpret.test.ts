import { describe, expect, it } from "vitest";
import { interpret, interpretOutputs } from "../../src/reference/interpret.ts";
import { InputError } from "../../src/reference/input-error.ts";
import { randomWeights } from "../../src/weights/random-weights.ts";
import { WeightError } from "../../src/formats/weight-error.ts";
import { graphBuilder } from "../support/graph-builder.ts";

/** Two outputs, a residual, and a norm between: 1x2x1 in, each step small enough to follow by hand. */
function smallGraph() {
  const g = graphBuilder("small", [1, 2, 1]);
  const conv = g.conv("conv", g.input, 1, { bias: false });
  const norm = g.norm("conv", conv);
  const act = g.act("conv", norm, "relu");
  const sum = g.push("add", { op: "add" }, [g.input, act]);
  const flat = g.push("flatten", { op: "flatten" }, [sum]);
  const graph = g.shaped(g.dense("dense", flat, 1));
  const [output] = graph.outputs;
  if (output === undefined) throw new Error("no output");
  return { ...graph, outputs: [{ name: "middle", path: "add", node: sum, block: null }, output] };
}

const tensor = (name: string, shape: readonly number[], ...values: number[]) =>
  [name, { name, shape, data: Float32Array.from(values) }] as const;

const weights = new Map([
  tensor("conv/kernel", [1, 1, 1, 1], 2),
  tensor("conv/norm/gamma", [1], 3),
  tensor("conv/norm/beta", [1], 1),
  tensor("conv/norm/mean", [1], 4),
  tensor("conv/norm/variance", [1], 1),
  tensor("dense/kernel", [2, 1], 1, 10),
  tensor("dense/bias", [1], 0.5),
]);

describe("interpret", () => {
  it("computes every node", () => {
    const values = interpret(smallGraph(), weights, [1, 5]);
    const factor = 3 / Math.sqrt(1 + 1e-3);
    const second = 5 + 6 * factor + 1;
    const expected = [
      [1, 5],
      [2, 10],
      [-2 * factor + 1, 6 * factor + 1],
      [0, 6 * factor + 1],
      [1, second],
      [1, second],
    ];
    [...expected, [1 + 10 * second + 0.5]].forEach((wanted, id) => {
      const found = values.get(id) ?? [];
      expect(found).toHaveLength(wanted.length);
      wanted.forEach((number, i) => expect(found[i]).toBeCloseTo(number, 12));
    });
  });

  it("returns outputs by name", () => {
    const outputs = interpretOutputs(smallGraph(), weights, Float32Array.of(1, 5));
    expect([...outputs.keys()]).toEqual(["middle", "output"]);
    expect(outputs.get("output")).toHaveLength(1);
    expect(outputs.get("middle")).toHaveLength(2);
  });

  it("leaves the caller's input alone", () => {
    const input = Float64Array.of(1, 5);
    const values = interpret(smallGraph(), weights, input);
    values.get(0)?.fill(0);
    expect([...input]).toEqual([1, 5]);
  });

  it("names both sizes of an input that does not fit", () => {
    const run = () => interpret(smallGraph(), weights, [1, 2, 3]);
    expect(run).toThrow(InputError);
    expect(run).toThrow(`"small" reads 1x2x1, 2 numbers in NHWC order, but the input has 3.`);
  });

  it("names a tensor that is missing or has another shape", () => {
    const without = new Map([...weights].filter(([name]) => name !== "conv/norm/mean"));
    const run = () => interpret(smallGraph(), without, [1, 5]);
    expect(run).toThrow(WeightError);
    expect(run).toThrow(`Weight "conv/norm/mean": expected a 1 tensor, found none.`);
    const turned = new Map([...weights, tensor("dense/kernel", [1, 2], 1, 10)]);
    expect(() => interpret(smallGraph(), turned, [1, 5])).toThrow(
      `Weight "dense/kernel": expected a 2x1 tensor, found a 1x2 tensor.`,
    );
  });

  it("gives the same numbers on every run", () => {
    const graph = smallGraph();
    const run = () =>
      [...interpretOutputs(graph, randomWeights(graph, 5), [0.5, -1]).values()].map((value) => [...value]);
    expect(run()).toEqual(run());
  });
});
