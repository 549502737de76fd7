import type { NodeId, ShapedNode } from "../../ir/graph.ts";
import type { MergedBranch } from "../../ir/merged-branch.ts";
import { channelsOf } from "../../ir/shape.ts";
import { batchNormFold, scaleFold } from "../absorb-into-linear.ts";
import type { Pads, Pair } from "../../ir/window.ts";

/** One value of a sum, seen as a linear map of the value it starts from. */
export interface LinearBranch extends Omit<MergedBranch, "at"> {
  /** The summed value. */
  readonly value: NodeId;
  /** The value it is a map of. */
  readonly start: NodeId;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly pads: Pads;
  /** Nodes that the merged conv stands for; none for an identity. */
  readonly nodes: readonly NodeId[];
  /** Of a conv that was merged before, its branches; the branch's own `folded` are scales, which come after theirs. */
  readonly parts?: readonly MergedBranch[];
}

/** What a branch finder asks of the graph. */
export interface GraphView {
  readonly nodeOf: (id: NodeId) => ShapedNode | undefined;
  /** True where a single node reads the value and no output does, so that it may vanish. */
  readonly isOwn: (id: NodeId) => boolean;
}

const ONE: Pair = [1, 1];
const NO_PADS: Pads = [0, 0, 0, 0];

/** The value as a map of itself: a 1x1 kernel of ones. */
export function identityBranch(value: ShapedNode): LinearBranch {
  return {
    kind: "identity",
    path: value.path,
    value: value.id,
    start: value.id,
    kernel: ONE,
    groups: channelsOf(value.shape),
    bias: false,
    folded: [],
    stride: ONE,
    dilation: ONE,
    pads: NO_PADS,
    nodes: [],
  };
}

/**
 * The branch that ends with this value: a conv or depthwise conv with the norms folded into it, an average pool, a batch norm of
 * either or of the start itself, or a scale of any of these. Null where another node needs the value, or an activation stands in it.
 */
export function linearBranch(id: NodeId, graph: GraphView): LinearBranch | null {
  const node = graph.nodeOf(id);
  if (node === undefined || !graph.isOwn(id)) return null;
  if (node.op === "batch_norm") {
    const [inner] = node.inputs;
    const start = inner === undefined ? undefined : graph.nodeOf(inner);
    if (start === undefined) return null;
    const before = start.op === "pool" ? averageBranch(start, graph) : null;
    const branch = before ?? identityBranch(start);
    return { ...branch, value: id, folded: [batchNormFold(node)], nodes: [...branch.nodes, id] };
  }
  if (node.op === "scale") {
    const [inner] = node.inputs;
    const branch = inner === undefined ? null : linearBranch(inner, graph);
    if (branch === null) return null;
    return { ...branch, value: id, folded: [...branch.folded, scaleFold(node)], nodes: [...branch.nodes, id] };
  }
  return node.op === "pool" ? averageBranch(node, graph) : convBranch(node);
}

function convBranch(node: ShapedNode): LinearBranch | null {
  if ((node.op !== "conv" && node.op !== "depthwise") || node.activation !== null) return null;
  // A shift after a sum counts once, and would count once a branch.
  if (node.merged !== undefined && !node.folded.every((fold) => "factor" in fold)) return null;
  const { path, kernel, bias, folded, stride, dilation, pads } = node;
  const [start] = node.inputs;
  if (start === undefined) return null;
  const groups = node.op === "conv" ? node.groups : channelsOf(node.shape) / node.multiplier;
  const window = { kernel, stride, dilation, pads };
  const parts = node.merged === undefined ? {} : { parts: node.merged };
  return { kind: node.op, path, value: node.id, start, groups, bias, folded, ...window, nodes: [node.id], ...parts };
}

/** An average that counts its padding is a conv of equal weights. Any other divides by another number at each border, and is none. */
function averageBranch(node: ShapedNode, graph: GraphView): LinearBranch | null {
  if (node.op !== "pool" || node.mode !== "avg" || !graph.isOwn(node.id)) return null;
  const [start] = node.inputs;
  if (start === undefined || (node.pads.some((pad) => pad > 0) && (!node.countPadding || node.ceil))) return null;
  const { path, kernel, stride, dilation, pads } = node;
  const window = { kernel, stride, dilation, pads };
  const groups = channelsOf(node.shape);
  return { kind: "average", path, value: node.id, start, groups, bias: false, folded: [], ...window, nodes: [node.id] };
}
