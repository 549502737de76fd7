import { describe, expect, it } from "vitest";
import type { ShapedGraph } from "../../src/ir/graph.ts";
import { verifyGraph } from "../../src/ir/verify.ts";
import { inferenceGraph, trainingGraph } from "../../src/passes/pipeline.ts";
import { graphBuilder } from "../support/graph-builder.ts";

function lowered() {
  const builder = graphBuilder("net", [8, 8, 4]);
  const block = builder.block("b", builder.input, "auto", [1, 1], () =>
    builder.act("b/c", builder.norm("b/c", builder.conv("b/c", builder.input, 4, { kernel: 3 })), "relu6"),
  );
  return builder.lowered(block);
}

const sound = trainingGraph(lowered(), () => undefined);

/** The graph with one node's fields changed. */
function withNode(position: number, fields: object): ShapedGraph {
  const nodes = sound.nodes.map((node, at) => (at === position ? { ...node, ...fields } : node));
  return { ...sound, nodes };
}

function withBlock(fields: object): ShapedGraph {
  return { ...sound, blocks: sound.blocks.map((block) => ({ ...block, ...fields })) };
}

describe("verifyGraph", () => {
  it("accepts sound graphs of every stage", () => {
    expect(verifyGraph(lowered())).toEqual([]);
    expect(verifyGraph(sound)).toEqual([]);
    expect(verifyGraph(inferenceGraph(sound, () => undefined))).toEqual([]);
  });

  const folded = [{ path: "b/c/norm", eps: 1e-3, scale: true, center: true }];
  const softmax = { fn: "softmax", alpha: 0.01 };
  const [output] = sound.outputs;
  it.each<[string, string, ShapedGraph]>([
    ["an id twice", "id is taken", withNode(2, { id: 1 })],
    ["a path twice", 'two nodes or folded norms have the path "b/c"', withNode(2, { path: "b/c" })],
    ["a use before its value", "does not stand before it", withNode(1, { inputs: [3] })],
    ["a second input", "only the first node may be an input", withNode(2, { op: "input", extents: [8, 8, 4] })],
    ["no input", "the first node must be the input", { ...sound, nodes: sound.nodes.slice(1) }],
    ["no nodes", "no nodes", { ...sound, nodes: [], blocks: [], outputs: [] }],
    ["another input shape", "differ from the network's input", withNode(0, { extents: [8, 8, 3] })],
    ["a sum of one", "it has 1 inputs, and the op takes two or more", withNode(4, { inputs: [3] })],
    ["a conv of two", "it has 2 inputs, and the op takes one", withNode(1, { inputs: [0, 0] })],
    ["a block that is not there", "there is no block 7", withNode(1, { block: 7 })],
    ["another shape", "its shape is 8x8x5, and its op gives 8x8x4", withNode(1, { shape: [8, 8, 5] })],
    ["other pads", "its pads are 0,0,0,0, and its op gives 1,1,1,1", withNode(1, { pads: [0, 0, 0, 0] })],
    ["a missing shape", "it has no shape, others have", withNode(3, { shape: undefined })],
    ["what the op refuses", "does not fit", withNode(1, { kernel: [17, 17], padding: "valid" })],
    ["a folded norm that is still a node", 'have the path "b/c/norm"', withNode(1, { folded })],
    ["a fused softmax", "cannot be fused", withNode(1, { activation: softmax })],
    ["a block that is its own parent", "its parent 0 does not stand before it", withBlock({ parent: 0 })],
    ["a block's lost input", "its input %99 does not exist", withBlock({ input: 99 })],
    ["a block's lost output", "its output %99 does not exist", withBlock({ output: 99 })],
    [
      "two blocks of one path",
      "an earlier block has this path",
      { ...sound, blocks: [...sound.blocks, ...sound.blocks] },
    ],
    ["no output", 'the last output must be named "output"', { ...sound, outputs: [] }],
    ["an output twice", "an earlier output has this name", { ...sound, outputs: [...sound.outputs, ...sound.outputs] }],
    [
      "an output that is not its block's value",
      "its block gives %4",
      { ...sound, outputs: [{ name: "output", path: "b", node: 3, block: 0 }] },
    ],
    [
      "a lost output",
      "%99 does not exist",
      { ...sound, outputs: output === undefined ? [] : [{ ...output, node: 99 }] },
    ],
  ])("finds %s", (_what, message, graph) => {
    expect(verifyGraph(graph).join("\n")).toContain(message);
  });
});
