import type { NodeId, ShapedGraph, ShapedNode } from "../ir/graph.ts";
import { effectiveKernel } from "../ir/window.ts";
import { mapInputs, pointsOf } from "./total-strides.ts";

type Extent2d = readonly [number, number];

/**
 * Returns the smallest receptive field of each value in pixels, down and across. It follows the path that sees least, such as the
 * shortcut of a residual; gates do not count. Richter et al. 2021 call the layer where this field covers the image the border layer.
 */
export function smallestFields(
  graph: ShapedGraph,
  strides: ReadonlyMap<NodeId, Extent2d>,
): ReadonlyMap<NodeId, Extent2d> {
  const fields = new Map<NodeId, Extent2d>();
  const fieldOf = (id: NodeId): Extent2d => fields.get(id) ?? [1, 1];
  const points = pointsOf(graph);
  for (const node of graph.nodes) {
    const [first, ...others] = mapInputs(node, points);
    let before = first === undefined ? ONE : fieldOf(first);
    for (const other of others) before = smaller(before, fieldOf(other));
    fields.set(node.id, fieldAfter(node, before, strides.get(node.inputs[0] ?? -1) ?? ONE));
  }
  return fields;
}

const ONE: Extent2d = [1, 1];

function smaller(a: Extent2d, b: Extent2d): Extent2d {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1])];
}

function fieldAfter(node: ShapedNode, before: Extent2d, jump: Extent2d): Extent2d {
  if (node.op !== "conv" && node.op !== "depthwise" && node.op !== "pool") return before;
  const { kernel, dilation } = node;
  if (kernel[0] === 1 && kernel[1] === 1) return before;
  return [
    before[0] + (effectiveKernel(kernel[0], dilation[0]) - 1) * jump[0],
    before[1] + (effectiveKernel(kernel[1], dilation[1]) - 1) * jump[1],
  ];
}
