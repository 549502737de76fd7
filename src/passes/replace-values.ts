import type { NodeId, ShapedGraph } from "../ir/graph.ts";

/** Writes new ids where blocks, outputs and asserts name values that are gone. The caller rewires the nodes. */
export function replaceValues(graph: ShapedGraph, valueNow: (id: NodeId) => NodeId): ShapedGraph {
  return {
    ...graph,
    blocks: graph.blocks.map((block) => ({ ...block, input: valueNow(block.input), output: valueNow(block.output) })),
    outputs: graph.outputs.map((output) => ({ ...output, node: valueNow(output.node) })),
    asserts: graph.asserts.map((assert) =>
      assert.subject === "shape" ? { ...assert, node: valueNow(assert.node) } : assert,
    ),
  };
}
