import { describe, expect, it } from "vitest";
import type { NodeId, ShapedGraph } from "../../src/ir/graph.ts";
import type { Op } from "../../src/ir/op.ts";
import { printGraph } from "../../src/ir/print.ts";
import { verifyGraph } from "../../src/ir/verify.ts";
import { dropIdentities } from "../../src/passes/drop-identities.ts";
import { graphBuilder } from "../support/graph-builder.ts";

function run(graph: ShapedGraph): ShapedGraph {
  const after = dropIdentities.run(graph, () => undefined);
  expect(verifyGraph(after)).toEqual([]);
  return after;
}

/** Whether one op on a 4x4x6 map, between two convs, is dropped. */
function drops(op: Op): boolean {
  const builder = graphBuilder("one", [4, 4, 6]);
  const before = builder.conv("before", builder.input, 6);
  const after = run(builder.shaped(builder.conv("after", builder.push("it", op, [before]), 6)));
  return !after.nodes.some(({ path }) => path === "it");
}

describe("drop-identities", () => {
  it("rewires uses, blocks and outputs over what it removes", () => {
    const builder = graphBuilder("net", [8, 8, 4]);
    const shuffled = builder.push("shuffle", { op: "shuffle", groups: 1 }, [builder.input]);
    let dropped: NodeId = 0;
    const block = builder.block("b", shuffled, "never", [1, 1], () => {
      const conv = builder.conv("b/conv", shuffled, 4);
      dropped = builder.push("b/dropout", { op: "dropout", rate: 0.2 }, [conv]);
      return builder.push("b/dropout2", { op: "dropout", rate: 0.2 }, [dropped]);
    });
    const shaped = builder.shaped(builder.conv("last", block, 2));
    const outputs = [{ name: "tap", path: "b", node: block, block: 0 }, ...shaped.outputs];
    expect(printGraph(run({ ...shaped, outputs }))).toMatchInlineSnapshot(`
      "network net
      input input 8x8x4
      nodes
        %0 = input() : 8x8x4                             ; input
        %2 = conv(%0) 1x1x4x4 pads=0,0,0,0 bias : 8x8x4  ; b/conv
        %5 = conv(%2) 1x1x4x2 pads=0,0,0,0 bias : 8x8x2  ; last
      blocks
        b = test_block(%0) -> %2 stride=1 residual=never
      outputs
        tap = %2  ; b
        output = %5  ; last
      "
    `);
  });

  it("hands the input on where nothing else is left", () => {
    const builder = graphBuilder("none", [2, 2, 3]);
    const graph = run(builder.shaped(builder.push("dropout", { op: "dropout", rate: 0.5 }, [builder.input])));
    expect(graph.nodes).toHaveLength(1);
    expect(graph.outputs[0]).toMatchObject({ node: builder.input, path: "dropout" });
  });

  const window = { dilation: [1, 1], padding: "same" } as const;
  it.each<[string, boolean, Op]>([
    ["dropout", true, { op: "dropout", rate: 0.1 }],
    [
      "a 1x1 pool",
      true,
      { op: "pool", countPadding: false, ceil: false, mode: "avg", kernel: [1, 1], stride: [1, 1], ...window },
    ],
    [
      "a strided 1x1 pool",
      false,
      { op: "pool", countPadding: false, ceil: false, mode: "avg", kernel: [1, 1], stride: [2, 2], ...window },
    ],
    [
      "a 2x2 pool",
      false,
      { op: "pool", countPadding: false, ceil: false, mode: "max", kernel: [2, 2], stride: [1, 1], ...window },
    ],
    ["a shuffle of one group", true, { op: "shuffle", groups: 1 }],
    ["a shuffle of single channels", true, { op: "shuffle", groups: 6 }],
    ["a shuffle of two groups", false, { op: "shuffle", groups: 2 }],
    ["a slice of everything", true, { op: "slice", from: 0, to: 6 }],
    ["a slice", false, { op: "slice", from: 1, to: 6 }],
    ["a reshape to another shape", false, { op: "reshape", extents: [16, 1, 6] }],
    ["axes as they are", true, { op: "permute", order: "hwc" }],
    ["axes swapped", false, { op: "permute", order: "whc" }],
    [
      "an enlargement by 1",
      true,
      { op: "resize", to: { factor: [1, 1] }, mode: "bilinear", coordinates: "half_pixel" },
    ],
    ["an enlargement", false, { op: "resize", to: { factor: [1, 2] }, mode: "nearest", coordinates: "half_pixel" }],
    ["blocks of one pixel", true, { op: "space_to_depth", blockSize: 1, order: "torch" }],
    ["blocks of four pixels", false, { op: "space_to_depth", blockSize: 2, order: "torch" }],
    ["a leaky relu of slope 1", true, { op: "activation", activation: { fn: "leaky_relu", alpha: 1 } }],
    ["a relu", false, { op: "activation", activation: { fn: "relu", alpha: 1 } }],
    ["a global pool", false, { op: "global_pool", mode: "avg" }],
  ])("%s: %s", (_what, gone, op) => {
    expect(drops(op)).toBe(gone);
  });

  it("returns the same graph where nothing applies", () => {
    const builder = graphBuilder("plain", [4, 4, 3]);
    const graph = builder.shaped(builder.conv("c", builder.input, 3));
    expect(run(graph)).toBe(graph);
  });
});
