import { describe, expect, it } from "vitest";
import type { ShapedGraph } from "../../src/ir/graph.ts";
import { printGraph } from "../../src/ir/print.ts";
import { verifyGraph } from "../../src/ir/verify.ts";
import { foldBatchNorm } from "../../src/passes/fold-batch-norm.ts";
import { fuseActivations } from "../../src/passes/fuse-activations.ts";
import { randomWeights } from "../../src/weights/random-weights.ts";
import type { WeightTensor } from "../../src/formats/tensor.ts";
import { expectSameFunction } from "../support/expect-same-function.ts";
import { graphBuilder } from "../support/graph-builder.ts";

function run(graph: ShapedGraph): ShapedGraph {
  const after = foldBatchNorm.run(graph, () => undefined);
  expect(verifyGraph(after)).toEqual([]);
  return after;
}

describe("fold-batch-norm", () => {
  it("folds into a conv, a depthwise and a dense, and the value keeps its id", () => {
    const builder = graphBuilder("net", [6, 6, 3]);
    const conv = builder.act(
      "conv",
      builder.norm("conv", builder.conv("conv", builder.input, 4, { bias: false })),
      "relu",
    );
    const depthwise = builder.norm("dw", builder.depthwise("dw", conv, { stride: 2, multiplier: 2 }));
    const flat = builder.push("flatten", { op: "flatten" }, [depthwise]);
    expect(printGraph(run(builder.shaped(builder.norm("dense", builder.dense("dense", flat, 5))))))
      .toMatchInlineSnapshot(`
      "network net
      input input 6x6x3
      nodes
        %0 = input() : 6x6x3                                                                   ; input
        %2 = conv(%0) 1x1x3x4 pads=0,0,0,0 fold(conv/norm eps=0.001) : 6x6x4                   ; conv
        %3 = activation(%2) relu : 6x6x4                                                       ; conv/act
        %5 = depthwise(%3) 3x3x4x2 stride=2 pads=0,1,0,1 bias fold(dw/norm eps=0.001) : 3x3x8  ; dw
        %6 = flatten(%5) : 72                                                                  ; flatten
        %8 = dense(%6) 72x5 bias fold(dense/norm eps=0.001) : 5                                ; dense
      outputs
        output = %8  ; dense/norm
      "
    `);
  });

  it("folds two norms in a row, in order", () => {
    const builder = graphBuilder("two", [6, 6, 3]);
    const once = builder.norm("conv", builder.conv("conv", builder.input, 4));
    const graph = run(builder.shaped(builder.norm("again", once)));
    expect(graph.nodes.at(-1)).toMatchObject({ path: "conv", folded: [{ path: "conv/norm" }, { path: "again/norm" }] });
  });

  it.each([
    "another use",
    "an output tap",
    "an activation between",
    "a norm that stands first",
    "a norm behind a pool",
  ])("leaves %s", (what) => {
    const builder = graphBuilder("kept", [6, 6, 3]);
    const first = what === "a norm that stands first" ? builder.norm("first", builder.input) : builder.input;
    const conv = builder.conv("conv", first, 3);
    const pooled =
      what === "a norm behind a pool" ? builder.push("pool", { op: "global_pool", mode: "avg" }, [conv]) : conv;
    const active = what === "an activation between" ? builder.act("conv", conv, "relu") : pooled;
    const normed = what === "a norm that stands first" ? active : builder.norm("conv", active);
    const end = what === "another use" ? builder.push("sum", { op: "add" }, [normed, conv]) : normed;
    const shaped = builder.shaped(end);
    const tap = { name: "tap", path: "conv", node: conv, block: null };
    const graph = what === "an output tap" ? { ...shaped, outputs: [tap, ...shaped.outputs] } : shaped;
    expect(run(graph)).toBe(graph);
  });

  it("leaves a norm after an activation that was fused already", () => {
    const builder = graphBuilder("fused", [4, 4, 3]);
    const active = builder.act("conv", builder.conv("conv", builder.input, 3), "relu");
    const fused = fuseActivations.run(builder.shaped(builder.norm("conv", active)), () => undefined);
    expect(fused.nodes).toHaveLength(3);
    expect(run(fused)).toBe(fused);
  });

  it("moves a block's edge that lay between the two", () => {
    const builder = graphBuilder("edge", [4, 4, 3]);
    const conv = builder.block("b", builder.input, "never", [1, 1], () => builder.conv("b/conv", builder.input, 3));
    const norm = builder.block("c", conv, "never", [1, 1], () => builder.norm("c", conv));
    const graph = run(builder.shaped(norm));
    expect(graph.blocks).toMatchObject([{ output: norm }, { input: norm, output: norm }]);
  });

  it.each([
    ["gamma 0", { gamma: 0, variance: 1 }],
    ["a tiny variance", { gamma: 1.5, variance: 1e-12 }],
    ["a large variance", { gamma: -2, variance: 1e9 }],
  ])("computes the same with %s", (_what, values) => {
    const builder = graphBuilder("net", [7, 5, 3]);
    const conv = builder.norm("conv", builder.conv("conv", builder.input, 4, { kernel: 3, stride: 2 }));
    const before = builder.shaped(builder.norm("dw", builder.depthwise("dw", conv, { multiplier: 2, bias: false })));
    const weights = new Map<string, WeightTensor>(
      [...randomWeights(before, 3)].map(([name, tensor]) => {
        const value = name.endsWith("/gamma") ? values.gamma : name.endsWith("/variance") ? values.variance : null;
        return [name, value === null ? tensor : { ...tensor, data: tensor.data.map(() => value) }];
      }),
    );
    expectSameFunction(before, run(before), 3, weights);
  });
});
