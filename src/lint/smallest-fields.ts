import type { NodeId, ShapedGraph } from "../ir/graph.ts";
import { asMap } from "../ir/shape.ts";
import { effectiveKernel } from "../ir/window.ts";
import { totalStrides } from "./total-strides.ts";

type Extent2d = readonly [number, number];

/**
 * The smallest receptive field of each value in pixels, down and across: along the path that sees least, as through every
 * residual's shortcut. Richter et al. 2021 call the layer where it passes the image the border layer. Gates do not count.
 */
export function smallestFields(graph: ShapedGraph): ReadonlyMap<NodeId, Extent2d> {
  const strides = totalStrides(graph);
  const fields = new Map<NodeId, Extent2d>();
  const points = new Set<NodeId>();
  for (const node of graph.nodes) {
    const map = asMap(node.shape);
    if (map !== null && map.h === 1 && map.w === 1) points.add(node.id);
    const maps = node.inputs.filter((id) => !points.has(id));
    let before: Extent2d | null = null;
    for (const id of maps.length > 0 ? maps : node.inputs) {
      const other = fields.get(id) ?? [1, 1];
      before = before === null ? other : [Math.min(before[0], other[0]), Math.min(before[1], other[1])];
    }
    const [rows, columns] = before ?? [1, 1];
    const jump = strides.get(node.inputs[0] ?? -1) ?? [1, 1];
    if (node.op === "conv" || node.op === "depthwise" || node.op === "pool") {
      fields.set(node.id, [
        rows + (effectiveKernel(node.kernel[0], node.dilation[0]) - 1) * jump[0],
        columns + (effectiveKernel(node.kernel[1], node.dilation[1]) - 1) * jump[1],
      ]);
    } else fields.set(node.id, [rows, columns]);
  }
  return fields;
}
