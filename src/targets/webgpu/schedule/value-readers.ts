import type { NodeId, ShapedGraph, ShapedNode } from "../../../ir/graph.ts";
import { isAlias } from "../../../ir/is-alias.ts";

/**
 * Counts the reads of each node's memory: by ops that compute (twice where one reads it twice) and by outputs, through any number
 * of aliases. A node and its aliases have the same count.
 */
export function readersOf(graph: ShapedGraph): ReadonlyMap<NodeId, number> {
  const owner = new Map<NodeId, NodeId>();
  const counts = new Map<NodeId, number>();
  const ownerOf = (id: NodeId) => owner.get(id) ?? id;
  const count = (id: NodeId) => counts.set(ownerOf(id), (counts.get(ownerOf(id)) ?? 0) + 1);
  for (const node of reachableNodes(graph)) {
    const [from] = node.inputs;
    if (isAlias(node) && from !== undefined) owner.set(node.id, ownerOf(from));
    else for (const input of node.inputs) count(input);
  }
  for (const { node } of graph.outputs) count(node);
  return new Map(graph.nodes.map(({ id }) => [id, counts.get(ownerOf(id)) ?? 0]));
}

/** Returns the input and the nodes that some output depends on, in execution order. */
export function reachableNodes(graph: ShapedGraph): readonly ShapedNode[] {
  const needed = new Set<NodeId>(graph.outputs.map((output) => output.node));
  for (const node of graph.nodes.toReversed()) {
    if (needed.has(node.id)) for (const input of node.inputs) needed.add(input);
  }
  return graph.nodes.filter((node) => node.op === "input" || needed.has(node.id));
}
