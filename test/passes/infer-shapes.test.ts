import { describe, expect, it } from "vitest";
import { printGraph } from "../../src/ir/print.ts";
import { verifyGraph } from "../../src/ir/verify.ts";
import { inferShapes } from "../../src/passes/infer-shapes.ts";
import { graphBuilder } from "../support/graph-builder.ts";

describe("infer-shapes", () => {
  it("resolves shapes and the three kinds of padding", () => {
    const builder = graphBuilder("net", [15, 14, 3]);
    const same = builder.conv("same", builder.input, 4, { kernel: 3, stride: 2 });
    const torch = builder.depthwise("torch", same, { kernel: 3, stride: 2, padding: "torch" });
    const wide = builder.conv("wide", torch, 2, { kernel: [1, 3], padding: [0, 0, 1, 2], dilation: 2 });
    const graph = inferShapes.run(builder.lowered(wide), ({ message }) => {
      throw new Error(message);
    });
    expect(verifyGraph(graph)).toEqual([]);
    expect(printGraph(graph)).toMatchInlineSnapshot(`
      "network net
      input input 15x14x3
      nodes
        %0 = input() : 15x14x3                                         ; input
        %1 = conv(%0) 3x3x3x4 stride=2 pads=1,1,0,1 bias : 8x7x4       ; same
        %2 = depthwise(%1) 3x3x4x1 stride=2 pads=1,1,1,1 bias : 4x4x4  ; torch
        %3 = conv(%2) 1x3x4x2 dilation=2 pads=0,0,1,2 bias : 4x3x2     ; wide
      outputs
        output = %3  ; wide
      "
    `);
  });

  it("reports what an op refuses once, and is silent about what follows it", () => {
    const builder = graphBuilder("bad", [4, 4, 3]);
    const small = builder.conv("big", builder.input, 4, { kernel: 7, padding: "valid" });
    const codes: string[] = [];
    const graph = inferShapes.run(builder.lowered(builder.dense("dense", small, 3)), ({ code }) => codes.push(code));
    expect(codes).toEqual(["shape/collapse"]);
    expect(graph.nodes.map(({ path }) => path)).toEqual(["input"]);
  });
});
