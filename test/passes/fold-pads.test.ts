import { expect, it } from "vitest";
import type { NodeId } from "../../src/ir/graph.ts";
import type { PadOp } from "../../src/ir/ops/pad.ts";
import { printGraph } from "../../src/ir/print.ts";
import { verifyGraph } from "../../src/ir/verify.ts";
import { foldPads } from "../../src/passes/fold-pads.ts";
import { expectSameFunction } from "../support/expect-same-function.ts";
import { graphBuilder } from "../support/graph-builder.ts";

type Builder = ReturnType<typeof graphBuilder>;

const zeros: PadOp = { op: "pad", mode: "constant", margins: [0, 1, 0, 1], channels: [0, 0], value: 0 };

function folded(build: (g: Builder) => NodeId) {
  const g = graphBuilder("net", [7, 7, 3]);
  const graph = g.shaped(build(g));
  const after = foldPads.run(graph, () => undefined);
  expect(verifyGraph(after)).toEqual([]);
  expectSameFunction(graph, after, 1);
  return { graph, after };
}

it("moves zeros into every conv that reads them, two pads into one, and adds them to the conv's own", () => {
  const { after } = folded((g) => {
    const pad = g.push("pad", zeros, [g.input]);
    const conv = g.conv("conv", pad, 4, { kernel: 3, stride: 2, padding: "valid" });
    const more = g.push("more", { ...zeros, margins: [1, 0, 2, 0] }, [pad]);
    const deep = g.depthwise("deep", more, { kernel: 3, stride: 2, padding: [0, 0, 0, 1] });
    return g.push("sum", { op: "concat" }, [g.push("cut", { op: "crop", margins: [0, 1, 0, 2] }, [deep]), conv]);
  });
  expect(printGraph(after)).toMatchInlineSnapshot(`
    "network net
    input input 7x7x3
    nodes
      %0 = input() : 7x7x3                                           ; input
      %2 = conv(%0) 3x3x3x4 stride=2 pads=0,1,0,1 bias : 3x3x4       ; conv
      %4 = depthwise(%0) 3x3x3x1 stride=2 pads=1,1,2,2 bias : 4x5x3  ; deep
      %5 = crop(%4) margins=0,1,0,2 : 3x3x3                          ; cut
      %6 = concat(%5, %2) : 3x3x7                                    ; sum
    outputs
      output = %6  ; sum
    "
  `);
});

it.each([
  ["another value", { ...zeros, value: 1 }],
  ["channels", { ...zeros, channels: [0, 1] }],
  ["a mirrored border", { ...zeros, mode: "reflect" }],
] as const)("leaves %s", (_what, op) => {
  const { graph, after } = folded((g) =>
    g.conv("conv", g.push("pad", op, [g.input]), 4, { kernel: 3, padding: "valid" }),
  );
  expect(after).toBe(graph);
});

it("keeps a pad that something else reads, or an output returns", () => {
  const { after } = folded((g) => {
    const pad = g.push("pad", zeros, [g.input]);
    return g.push("sum", { op: "concat" }, [g.conv("conv", pad, 4), pad]);
  });
  expect(after.nodes.map(({ path }) => path)).toEqual(["input", "pad", "conv", "sum"]);
  expect(after.nodes[2]?.inputs).toEqual([0]);
});
