import type { MergedBranch } from "../../ir/merged-branch.ts";
import type { NodeId, ShapedNode, ShapedNodeOf } from "../../ir/graph.ts";
import type { NormFold } from "../../ir/norm-fold.ts";
import { multiplyAdds } from "../../ir/op.ts";
import { channelsOf } from "../../ir/shape.ts";
import type { Pair } from "../../ir/window.ts";
import { identityBranch, linearBranch, type GraphView, type LinearBranch } from "./linear-branch.ts";
import { mergeWindows } from "./merge-windows.ts";

export type Sum = ShapedNodeOf<"add" | "sub">;

/** A branch of a sum or difference. `leads` tells whether it is the first, which others are subtracted from. */
interface Summand extends LinearBranch {
  readonly leads: boolean;
}

/** Branches of a sum or difference that one conv computes. */
export interface Merge {
  readonly branches: readonly Summand[];
  readonly conv: ShapedNodeOf<"conv"> | ShapedNodeOf<"depthwise">;
}

/**
 * The merges of one sum or difference: its values by where they start, as far as a conv takes no more multiply-adds than the branches
 * together. The convs have the sum's id and path; who places them gives them their own. A conv with the first value of a difference
 * negates its other branches; one without it is subtracted as a whole.
 */
export function mergesOfSum(sum: Sum, graph: GraphView): readonly Merge[] {
  return [...branchesByStart(sum, graph)].flatMap(([start, branches]) => {
    const input = graph.nodeOf(start);
    if (input === undefined) return [];
    const whole = mergeOf(sum, input, branches, graph);
    return whole === null ? mergeAlike(sum, input, branches, graph) : [whole];
  });
}

/** A value from which another branch starts counts as the identity of that start. */
function branchesByStart(sum: Sum, graph: GraphView): ReadonlyMap<NodeId, readonly Summand[]> {
  const found = sum.inputs.map((id) => linearBranch(id, graph));
  const starts = new Set(found.flatMap((branch) => (branch === null ? [] : [branch.start])));
  const byStart = new Map<NodeId, Summand[]>();
  for (const [i, id] of sum.inputs.entries()) {
    const node = graph.nodeOf(id);
    const branch = starts.has(id) && node !== undefined ? identityBranch(node) : found[i];
    if (branch !== null && branch !== undefined)
      byStart.set(branch.start, [...(byStart.get(branch.start) ?? []), { ...branch, leads: i === 0 }]);
  }
  return byStart;
}

/** Where one conv for all would do more work, those with the same groups: depthwise convs with identities, dense convs with their kind. */
function mergeAlike(sum: Sum, input: ShapedNode, branches: readonly Summand[], graph: GraphView): readonly Merge[] {
  const byGroups = new Map<number, Summand[]>();
  for (const branch of branches) byGroups.set(branch.groups, [...(byGroups.get(branch.groups) ?? []), branch]);
  return [...byGroups.values()].flatMap((alike) => mergeOf(sum, input, alike, graph) ?? []);
}

function mergeOf(sum: Sum, input: ShapedNode, branches: readonly Summand[], graph: GraphView): Merge | null {
  if (branches.length < 2) return null;
  const window = mergeWindows(branches);
  if (window === null) return null;
  const channels = channelsOf(input.shape);
  const filters = channelsOf(sum.shape);
  const groups = branches.reduce((common, branch) => greatestCommonDivisor(common, branch.groups), channels);
  const { id, path, layer, block, span, shape } = sum;
  const { kernel, stride, dilation, pads, at } = window;
  const negates = sum.op === "sub" && branches.some(({ leads }) => leads);
  const merged = branches.flatMap((branch, i) => {
    const sign = negates && !branch.leads ? [{ path: sum.path, factor: -1 }] : [];
    return mergedParts(branch, at[i] ?? [0, 0], sign);
  });
  const fields = {
    id,
    path,
    layer,
    block,
    span,
    shape,
    inputs: [input.id],
    kernel,
    stride,
    dilation,
    pads,
    padding: pads,
    merged,
    bias: true,
    init: { kind: "zeros" as const },
    biasInit: { kind: "zeros" as const },
    folded: [],
    activation: null,
  };
  const conv =
    groups === channels
      ? ({ op: "depthwise", multiplier: filters / channels, ...fields } as const)
      : ({ op: "conv", filters, groups, ...fields } as const);
  // Of a branch only its conv multiplies, and that reads the start.
  const apart = branches
    .flatMap(({ nodes }) => nodes.flatMap((of) => graph.nodeOf(of) ?? []))
    .reduce((total, node) => total + multiplyAdds(node, [input.shape], node.shape), 0);
  return multiplyAdds(conv, [input.shape], shape) <= apart ? { branches, conv } : null;
}

/** The recipes of a branch: its own, or those of the branches that were merged into it before. */
function mergedParts(branch: LinearBranch, at: Pair, sign: readonly NormFold[]): readonly MergedBranch[] {
  const { kind, path, kernel, groups, bias, folded, parts } = branch;
  if (parts === undefined) return [{ kind, path, kernel, groups, bias, folded: [...folded, ...sign], at }];
  return parts.map((part) => ({
    ...part,
    folded: [...part.folded, ...folded, ...sign],
    at: [part.at[0] + at[0], part.at[1] + at[1]] as const,
  }));
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b];
  return a;
}
