import type { BlockInstance, NodeId, ResidualDecision, ShapedGraph, ShapedNode } from "../ir/graph.ts";
import type { OpName } from "../ir/op.ts";
import { asMap, channelsOf, formatShape, sameShape, type Shape } from "../ir/shape.ts";
import type { BlockTimeline } from "./block-timeline.ts";

/** Ops after which no stride is left, in words. */
const strideless: Partial<Record<OpName, string>> = {
  adaptive_pool: "adaptive pool",
  global_pool: "global pool",
  flatten: "flatten",
  squeeze: "squeeze",
  reshape: "reshape",
  permute: "permute",
  dense: "dense layer",
  conv_transpose: "conv_transpose",
  resize: "resize",
  depth_to_space: "depth_to_space",
};

/**
 * Decides by the residual rule: the block's total stride is 1, channels are equal, and the map has kept its extents. The reason says in
 * words which of them decided.
 */
export function decideResidual(graph: ShapedGraph, timeline: BlockTimeline, index: number): ResidualDecision {
  const block = graph.blocks[index];
  if (block === undefined) throw new Error(`internal: no block ${index}`);
  const refuse = (reason: string): ResidualDecision => ({ inserted: false, reason });
  if (block.residual === "never") return refuse("residual=never");
  if (block.output === block.input) return refuse("the block has no layers");
  const before = shapeAt(graph, timeline, block.input);
  const after = shapeAt(graph, timeline, block.output);
  if (block.stride === null) return refuse(lostStride(graph, timeline, block, timeline.start(index)));
  const [vertical, horizontal] = block.stride;
  if (vertical !== 1 || horizontal !== 1) {
    return refuse(vertical === horizontal ? `stride ${vertical}` : `stride ${vertical}x${horizontal}`);
  }
  if (sameShape(before, after)) {
    return { inserted: true, reason: `stride 1, ${channelsOf(before)} = ${channelsOf(after)} channels` };
  }
  if (channelsOf(before) !== channelsOf(after)) return refuse(`${channelsOf(before)} to ${channelsOf(after)} channels`);
  return refuse(changedExtents(before, after));
}

function shapeAt(graph: ShapedGraph, timeline: BlockTimeline, id: NodeId): Shape {
  return graph.nodes[timeline.positions.get(id) ?? -1]?.shape ?? [];
}

function changedExtents(before: Shape, after: Shape): string {
  const from = asMap(before);
  const to = asMap(after);
  if (from === null || to === null) return `${formatShape(before)} becomes ${formatShape(after)}`;
  const verb = to.h <= from.h && to.w <= from.w ? "shrinks" : to.h >= from.h && to.w >= from.w ? "grows" : "changes";
  return `the map ${verb} from ${from.h}x${from.w} to ${to.h}x${to.w}`;
}

/** Names the op after which no stride is left, searching back from the block's output; if there is none, the paths disagree. */
function lostStride(graph: ShapedGraph, timeline: BlockTimeline, block: BlockInstance, start: number): string {
  let culprit: ShapedNode | undefined;
  let culpritPosition = Infinity;
  const seen = new Set<NodeId>([block.input]);
  const pending = [block.output];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const position = timeline.positions.get(id);
    const node = graph.nodes[position ?? -1];
    if (position === undefined || node === undefined || seen.has(id) || position < start) continue;
    seen.add(id);
    if (losesStride(node) && position < culpritPosition) {
      culprit = node;
      culpritPosition = position;
    }
    pending.push(...inputsThatCount(graph, timeline, node));
  }
  if (culprit === undefined) return "its paths disagree about the stride";
  return `no stride is left after the ${strideless[culprit.op] ?? culprit.op} "${culprit.path}"`;
}

/** Tells whether no stride is left after a node. A transposed conv of stride 1 and a dense layer of a sequence keep what there is. */
function losesStride(node: ShapedNode): boolean {
  if (node.op === "dense") return node.shape.length === 1;
  return strideless[node.op] !== undefined && (node.op !== "conv_transpose" || Math.max(...node.stride) > 1);
}

/** A path of a `mul` whose result is 1x1xC scales channels; its stride does not count. */
function inputsThatCount(graph: ShapedGraph, timeline: BlockTimeline, node: ShapedNode): readonly NodeId[] {
  if (node.op !== "mul") return node.inputs;
  const maps = node.inputs.filter((id) => {
    const map = asMap(shapeAt(graph, timeline, id));
    return map === null || map.h !== 1 || map.w !== 1;
  });
  return maps.length > 0 ? maps : node.inputs;
}
