import type { NodeId, ShapedGraph, ShapedNode } from "../ir/graph.ts";
import { asMap, type Shape } from "../ir/shape.ts";

type Extent2d = readonly [number, number];

/**
 * Returns the distance between neighbours of each value in pixels of the input, down and across. A join takes the largest of its inputs;
 * a vector keeps the distance of the map it came from.
 */
export function totalStrides(graph: ShapedGraph): ReadonlyMap<NodeId, Extent2d> {
  const strides = new Map<NodeId, Extent2d>();
  const strideOf = (id: NodeId): Extent2d => strides.get(id) ?? POINT;
  const points = pointsOf(graph);
  const shapes = new Map(graph.nodes.map((node) => [node.id, node.shape]));
  for (const node of graph.nodes) {
    const before = mapInputs(node, points).map(strideOf).reduce(larger, POINT);
    strides.set(node.id, strideAfter(node, before, shapes.get(node.inputs[0] ?? -1) ?? []));
  }
  return strides;
}

const POINT: Extent2d = [1, 1];

function larger(a: Extent2d, b: Extent2d): Extent2d {
  return a[0] >= b[0] && a[1] >= b[1] ? a : [Math.max(a[0], b[0]), Math.max(a[1], b[1])];
}

function strideAfter(node: ShapedNode, before: Extent2d, input: Shape): Extent2d {
  switch (node.op) {
    case "conv":
    case "depthwise":
    case "pool":
      return node.stride[0] === 1 && node.stride[1] === 1
        ? before
        : [before[0] * node.stride[0], before[1] * node.stride[1]];
    case "resize":
    case "adaptive_pool": {
      const map = asMap(input);
      const [rows = 1, columns = 1] = node.shape;
      return map === null ? before : [(before[0] * map.h) / rows, (before[1] * map.w) / columns];
    }
    case "conv_transpose":
      return [before[0] / node.stride[0], before[1] / node.stride[1]];
    case "depth_to_space":
      return [before[0] / node.blockSize, before[1] / node.blockSize];
    case "space_to_depth":
      return [before[0] * node.blockSize, before[1] * node.blockSize];
    default:
      return before;
  }
}

/** Returns the values of one pixel. In a product they scale a map and say nothing of where its pixels lie. */
export function pointsOf(graph: ShapedGraph): ReadonlySet<NodeId> {
  const points = new Set<NodeId>();
  for (const { id, shape } of graph.nodes) if (shape.length === 3 && shape[0] === 1 && shape[1] === 1) points.add(id);
  return points;
}

/** Returns the inputs that say where a node's pixels lie: all of them, but of a product only those that are no gates. */
export function mapInputs(node: ShapedNode, points: ReadonlySet<NodeId>): readonly NodeId[] {
  if (node.op !== "mul") return node.inputs;
  const maps = node.inputs.filter((id) => !points.has(id));
  return maps.length > 0 ? maps : node.inputs;
}
