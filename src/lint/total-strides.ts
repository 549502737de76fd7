import type { NodeId, ShapedGraph } from "../ir/graph.ts";
import { asMap } from "../ir/shape.ts";

type Extent2d = readonly [number, number];

/**
 * Pixels of the input between neighbours of each value, down and across. Joins take the largest; a vector keeps that of the
 * map it came from.
 */
export function totalStrides(graph: ShapedGraph): ReadonlyMap<NodeId, Extent2d> {
  const strides = new Map<NodeId, Extent2d>();
  const gates = new Set(
    graph.nodes.flatMap((node) => {
      const map = asMap(node.shape);
      return map !== null && map.h === 1 && map.w === 1 ? [node.id] : [];
    }),
  );
  for (const node of graph.nodes) {
    const counted = node.op === "mul" ? node.inputs.filter((id) => !gates.has(id)) : node.inputs;
    let before: Extent2d = [1, 1];
    for (const id of counted.length > 0 ? counted : node.inputs) {
      const other = strides.get(id) ?? [1, 1];
      before = [Math.max(before[0], other[0]), Math.max(before[1], other[1])];
    }
    if (node.op === "conv" || node.op === "depthwise" || node.op === "pool") {
      before = [before[0] * node.stride[0], before[1] * node.stride[1]];
    } else if (node.op === "upsample") {
      before = [before[0] / node.factor[0], before[1] / node.factor[1]];
    }
    strides.set(node.id, before);
  }
  return strides;
}
