import type { NodeId, ShapedGraph } from "../ir/graph.ts";

/** Returns a test of values: true for one that a single node reads, once, and that no output taps, so a pass may make it vanish. */
export function ownValues(graph: ShapedGraph): (id: NodeId) => boolean {
  const uses = new Map<NodeId, number>();
  for (const node of graph.nodes) for (const id of node.inputs) uses.set(id, (uses.get(id) ?? 0) + 1);
  const tapped = new Set(graph.outputs.map((output) => output.node));
  return (id) => uses.get(id) === 1 && !tapped.has(id);
}
