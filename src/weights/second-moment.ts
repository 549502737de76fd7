import type { Graph, NodeId, ShapedNode } from "../ir/graph.ts";
import { secondMomentAfter } from "../ir/op.ts";

/**
 * Estimates the mean square of every value, correct to a small factor. Assumes that linear nodes are scaled to a mean
 * square of 1 and that norms give about 1. Random weights use it to keep values from shrinking or growing through a
 * network.
 */
export function secondMoments(graph: Graph<ShapedNode>): ReadonlyMap<NodeId, number> {
  const moments = new Map<NodeId, number>();
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((id) => moments.get(id) ?? 1);
    moments.set(node.id, secondMomentAfter(node, inputs));
  }
  return moments;
}
