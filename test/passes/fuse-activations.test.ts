import { describe, expect, it } from "vitest";
import type { ShapedGraph } from "../../src/ir/graph.ts";
import { printGraph } from "../../src/ir/print.ts";
import { verifyGraph } from "../../src/ir/verify.ts";
import { fuseActivations } from "../../src/passes/fuse-activations.ts";
import { graphBuilder } from "../support/graph-builder.ts";

function run(graph: ShapedGraph): ShapedGraph {
  const after = fuseActivations.run(graph, () => undefined);
  expect(verifyGraph(after)).toEqual([]);
  return after;
}

describe("fuse-activations", () => {
  it("fuses into convs and dense layers; softmax and an activation after a sum stay", () => {
    const builder = graphBuilder("net", [6, 6, 3]);
    const conv = builder.act("conv", builder.conv("conv", builder.input, 4), "hswish");
    const depthwise = builder.act("dw", builder.depthwise("dw", conv), "leaky_relu", 0.2);
    const sum = builder.act("sum", builder.push("sum", { op: "add" }, [depthwise, conv]), "relu");
    const flat = builder.push("flatten", { op: "flatten" }, [sum]);
    const hidden = builder.act("hidden", builder.dense("hidden", flat, 5), "gelu");
    const graph = builder.shaped(builder.act("head", builder.dense("head", hidden, 5), "softmax"));
    expect(printGraph(run(graph))).toMatchInlineSnapshot(`
      "network net
      input input 6x6x3
      nodes
        %0 = input() : 6x6x3                                                      ; input
        %2 = conv(%0) 1x1x3x4 pads=0,0,0,0 bias act=hswish : 6x6x4                ; conv
        %4 = depthwise(%2) 3x3x4x1 pads=1,1,1,1 bias act=leaky_relu(0.2) : 6x6x4  ; dw
        %5 = add(%4, %2) : 6x6x4                                                  ; sum
        %6 = activation(%5) relu : 6x6x4                                          ; sum/act
        %7 = flatten(%6) : 144                                                    ; flatten
        %9 = dense(%7) 144x5 bias act=gelu : 5                                    ; hidden
        %10 = dense(%9) 5x5 bias : 5                                              ; head
        %11 = activation(%10) softmax : 5                                         ; head/act
      outputs
        output = %11  ; head/act
      "
    `);
  });

  it("fuses one activation, not two", () => {
    const builder = graphBuilder("two", [4, 4, 3]);
    const relu = builder.act("conv", builder.conv("conv", builder.input, 4), "relu");
    const graph = run(builder.shaped(builder.act("again", relu, "tanh")));
    expect(graph.nodes.map(({ path }) => path)).toEqual(["input", "conv", "again/act"]);
  });

  it.each(["another use", "an output tap"])("leaves %s", (what) => {
    const builder = graphBuilder("kept", [4, 4, 3]);
    const conv = builder.conv("conv", builder.input, 3);
    const act = builder.act("conv", conv, "relu");
    const end = what === "another use" ? builder.push("sum", { op: "add" }, [act, conv]) : act;
    const shaped = builder.shaped(end);
    const tap = { name: "tap", path: "conv", node: conv, block: null };
    const graph = what === "an output tap" ? { ...shaped, outputs: [tap, ...shaped.outputs] } : shaped;
    expect(run(graph)).toBe(graph);
  });
});
