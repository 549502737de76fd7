import { describe, expect, it } from "vitest";
import { randomWeights } from "../../src/weights/random-weights.ts";
import { expectSameFunction, firstDifference } from "./expect-same-function.ts";
import { graphBuilder } from "./graph-builder.ts";

describe("firstDifference", () => {
  it("accepts what differs by rounding alone", () => {
    expect(firstDifference([1, 2, 300], [1, 2 + 1e-12, 300])).toBeNull();
    expect(firstDifference([], [])).toBeNull();
  });

  it.each([
    ["a NaN", [1, NaN], [1, NaN]],
    ["a new NaN", [1, 2], [1, NaN]],
    ["an infinity", [1, Infinity], [1, Infinity]],
    ["another length", [1, 2], [1, 2, 3]],
    ["the last element off", [1, 2, 3], [1, 2, 3.0001]],
  ])("catches %s", (_what, expected, actual) => {
    expect(firstDifference(expected, actual)).not.toBeNull();
  });
});

describe("expectSameFunction", () => {
  const network = (padding: "same" | "valid", filters: number) => {
    const builder = graphBuilder("net", [6, 6, 2]);
    return builder.shaped(builder.conv("conv", builder.input, filters, { kernel: 3, padding, bias: false }));
  };

  it("accepts a graph and itself", () => {
    expectSameFunction(network("same", 3), network("same", 3));
  });

  it("catches another shape", () => {
    expect(() => expectSameFunction(network("same", 3), network("valid", 3))).toThrow(
      /output "output".*|108 elements/s,
    );
  });

  it("catches a missing norm", () => {
    const builder = graphBuilder("net", [4, 4, 2]);
    const conv = builder.conv("conv", builder.input, 3, { bias: false });
    const before = builder.shaped(builder.norm("conv", conv));
    const after = {
      ...before,
      nodes: before.nodes.slice(0, -1),
      outputs: before.outputs.map((output) => ({ ...output, node: conv })),
    };
    expect(() => expectSameFunction(before, after, 1, randomWeights(before, 1))).toThrow(/output "output"/);
  });

  it("catches a lost output", () => {
    const graph = network("same", 3);
    expect(() => expectSameFunction(graph, { ...graph, outputs: [] })).toThrow();
  });
});
