import { describe, expect, it } from "vitest";
import type { LoweredGraph, ShapedGraph } from "../../src/ir/graph.ts";
import { printGraph } from "../../src/ir/print.ts";
import { inferShapes } from "../../src/passes/infer-shapes.ts";
import { graphBuilder } from "../support/graph-builder.ts";

/** Every op once. */
function everyOp(): LoweredGraph {
  const b = graphBuilder("kitchen_sink", [12, 8, 4]);
  const conv = b.conv("conv", b.input, 8, { kernel: [3, 1], stride: [2, 1], dilation: 1, groups: 2, padding: "torch" });
  const normed = b.norm("conv", conv);
  const depthwise = b.depthwise("dw", normed, { multiplier: 2, dilation: [1, 2], padding: [1, 1, 0, 2], bias: false });
  const act = b.act("dw", depthwise, "leaky_relu", 0.2);
  const pooled = b.push(
    "pool",
    {
      op: "pool",
      countPadding: false,
      ceil: false,
      mode: "avg",
      kernel: [2, 3],
      stride: [2, 2],
      dilation: [1, 1],
      padding: "same",
    },
    [act],
  );
  const shuffled = b.push("shuffle", { op: "shuffle", groups: 4 }, [pooled]);
  const sliced = b.push("slice", { op: "slice", from: 0, to: 8 }, [shuffled]);
  const upsampled = b.push(
    "up",
    { op: "resize", to: { factor: [1, 2] }, mode: "bilinear", coordinates: "half_pixel" },
    [sliced],
  );
  const block = b.block("b", upsampled, "auto", [1, 1], () => b.conv("b/c", upsampled, 8));
  const sum = b.push("sum", { op: "add" }, [block, upsampled]);
  const gate = b.push("gate", { op: "global_pool", mode: "max" }, [sum]);
  const scaled = b.push("scaled", { op: "mul" }, [sum, gate]);
  const joined = b.push("joined", { op: "concat" }, [scaled, sum]);
  const last = b.push("last", { op: "global_pool", mode: "avg" }, [joined]);
  const squeezed = b.push("squeeze", { op: "squeeze" }, [last]);
  const flat = b.push("flatten", { op: "flatten" }, [squeezed]);
  const dropped = b.push("dropout", { op: "dropout", rate: 0.2 }, [flat]);
  const graph = b.lowered(b.act("head", b.dense("head", dropped, 5), "softmax"));
  const tuned = graph.nodes.map((node) =>
    node.op === "dense"
      ? ({
          ...node,
          init: { kind: "truncated_normal", stddev: 1 },
          biasInit: { kind: "constant", value: 0.01 },
        } as const)
      : node.op === "batch_norm"
        ? { ...node, scale: false }
        : node,
  );
  return {
    ...graph,
    nodes: tuned,
    family: "sink",
    params: { width: 0.5, kind: "large", wide: true },
    input: { ...graph.input, normalization: { mean: [127.5], std: [127.5] } },
    asserts: [
      { subject: "macs", operator: "<", bound: 1e6, why: 'says "fast"', span: graph.span },
      { subject: "shape", path: "b", node: 9, block: 0, operator: "==", bound: [3, 8, 8], why: null, span: graph.span },
    ],
  };
}

const shape = (graph: LoweredGraph): ShapedGraph =>
  inferShapes.run(graph, ({ message }) => {
    throw new Error(message);
  });

describe("printGraph", () => {
  it("prints a lowered graph", () => {
    expect(printGraph(everyOp())).toMatchInlineSnapshot(`
      "network kitchen_sink family=sink
      params width=0.5 kind="large" wide=true
      input input 12x8x4 mean=127.5 std=127.5
      nodes
        %0 = input()                                                                 ; input
        %1 = conv(%0) 3x1x?x8 stride=2x1 padding=torch groups=2 bias                 ; conv
        %2 = batch_norm(%1) eps=0.001 momentum=0.99 scale=false                      ; conv/norm
        %3 = depthwise(%2) 3x3x?x2 dilation=1x2 padding=1,1,0,2                      ; dw
        %4 = activation(%3) leaky_relu(0.2)                                          ; dw/act
        %5 = pool(%4) avg 2x3 stride=2 padding=same                                  ; pool
        %6 = shuffle(%5) groups=4                                                    ; shuffle
        %7 = slice(%6) 0..8                                                          ; slice
        %8 = resize(%7) 1x2 bilinear                                                 ; up
        %9 = conv(%8) 1x1x?x8 padding=same bias                                      ; b/c
        %10 = add(%9, %8)                                                            ; sum
        %11 = global_pool(%10) max                                                   ; gate
        %12 = mul(%10, %11)                                                          ; scaled
        %13 = concat(%12, %10)                                                       ; joined
        %14 = global_pool(%13) avg                                                   ; last
        %15 = squeeze(%14)                                                           ; squeeze
        %16 = flatten(%15)                                                           ; flatten
        %17 = dropout(%16) rate=0.2                                                  ; dropout
        %18 = dense(%17) ?x5 init=truncated_normal(1) bias bias_init=constant(0.01)  ; head
        %19 = activation(%18) softmax                                                ; head/act
      blocks
        b = test_block(%8) -> %9 stride=1 residual=auto
      outputs
        output = %19  ; head/act
      asserts
        macs < 1000000 "says \\"fast\\""
        shape(b) == 3x8x8
      "
    `);
  });

  it("prints a shaped graph", () => {
    expect(printGraph(shape(everyOp()))).toMatchInlineSnapshot(`
      "network kitchen_sink family=sink
      params width=0.5 kind="large" wide=true
      input input 12x8x4 mean=127.5 std=127.5
      nodes
        %0 = input() : 12x8x4                                                             ; input
        %1 = conv(%0) 3x1x2x8 stride=2x1 pads=1,1,0,0 groups=2 bias : 6x8x8               ; conv
        %2 = batch_norm(%1) eps=0.001 momentum=0.99 scale=false : 6x8x8                   ; conv/norm
        %3 = depthwise(%2) 3x3x8x2 dilation=1x2 pads=1,1,0,2 : 6x6x16                     ; dw
        %4 = activation(%3) leaky_relu(0.2) : 6x6x16                                      ; dw/act
        %5 = pool(%4) avg 2x3 stride=2 pads=0,0,0,1 : 3x3x16                              ; pool
        %6 = shuffle(%5) groups=4 : 3x3x16                                                ; shuffle
        %7 = slice(%6) 0..8 : 3x3x8                                                       ; slice
        %8 = resize(%7) 1x2 bilinear : 3x6x8                                              ; up
        %9 = conv(%8) 1x1x8x8 pads=0,0,0,0 bias : 3x6x8                                   ; b/c
        %10 = add(%9, %8) : 3x6x8                                                         ; sum
        %11 = global_pool(%10) max : 1x1x8                                                ; gate
        %12 = mul(%10, %11) : 3x6x8                                                       ; scaled
        %13 = concat(%12, %10) : 3x6x16                                                   ; joined
        %14 = global_pool(%13) avg : 1x1x16                                               ; last
        %15 = squeeze(%14) : 16                                                           ; squeeze
        %16 = flatten(%15) : 16                                                           ; flatten
        %17 = dropout(%16) rate=0.2 : 16                                                  ; dropout
        %18 = dense(%17) 16x5 init=truncated_normal(1) bias bias_init=constant(0.01) : 5  ; head
        %19 = activation(%18) softmax : 5                                                 ; head/act
      blocks
        b = test_block(%8) -> %9 stride=1 residual=auto
      outputs
        output = %19  ; head/act
      asserts
        macs < 1000000 "says \\"fast\\""
        shape(b) == 3x8x8
      "
    `);
  });
});
