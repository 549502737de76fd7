import type { NodeId, ShapedGraph, ShapedNode } from "../ir/graph.ts";
import { absorbIntoLinear, absorbNorm } from "./absorb-into-linear.ts";
import { mergesOfSum, type Merge, type Sum } from "./merge/merge-sum.ts";
import { ownValues } from "./own-values.ts";
import type { Pass } from "./pass.ts";
import { replaceValues } from "./replace-values.ts";

/**
 * Needs: batch norms folded, so that a branch of conv and norm is one node.
 * Ensures: linear branches that start at one value and meet in a sum or difference are one conv, where that takes no more multiply-adds; a batch norm
 * of that conv is folded into it. What else is summed stays in the sum.
 * Stands after `fold-batch-norm`, which makes branches linear, and before `fuse-activations`, so that the activation after the sum
 * moves into the merged conv.
 *
 * This is the re-parameterisation of RepVGG (Ding et al. 2021), MobileOne and their kin, found in the graph and not named in the spec.
 */
export const mergeBranches: Pass<ShapedGraph> = {
  name: "merge-branches",
  summary: "Turn linear branches of one value that are summed or subtracted into one conv.",
  run(graph) {
    const values = new Map<NodeId, ShapedNode>(graph.nodes.map((node) => [node.id, node]));
    const view = { nodeOf: (id: NodeId) => values.get(id), isOwn: ownValues(graph) };
    let nextId = graph.nodes.reduce((highest, node) => Math.max(highest, node.id), -1) + 1;
    /** A vanished node's value, and the value that took it up. */
    const takenUp = new Map<NodeId, NodeId>();
    const nodes = graph.nodes.flatMap((node): readonly ShapedNode[] => {
      if (node.op !== "add" && node.op !== "sub") return [node];
      const placed = placeMerges(node, mergesOfSum(node, view), () => nextId++);
      for (const { branches, conv } of placed.merges) {
        for (const id of branches.flatMap((branch) => branch.nodes)) takenUp.set(id, conv.id);
      }
      for (const made of placed.nodes) values.set(made.id, made);
      return placed.nodes;
    });
    if (takenUp.size === 0) return graph;
    const kept = nodes.filter(({ id }) => !takenUp.has(id));
    const merged = replaceValues({ ...graph, nodes: kept }, (id) => takenUp.get(id) ?? id);
    return absorbIntoLinear(merged, absorbNorm);
  },
};

/** A conv that is the whole sum takes its place, id and path; others stand before the sum under its path. */
function placeMerges(
  sum: Sum,
  merges: readonly Merge[],
  newId: () => NodeId,
): { readonly nodes: readonly ShapedNode[]; readonly merges: readonly Merge[] } {
  if (merges.length === 0) return { nodes: [sum], merges };
  const taken = new Set(merges.flatMap(({ branches }) => branches.map(({ value }) => value)));
  const rest = sum.inputs.filter((id) => !taken.has(id));
  const [only] = merges;
  if (rest.length === 0 && merges.length === 1 && only !== undefined) return { nodes: [only.conv], merges };
  const placed = merges.map((merge, i) => ({
    ...merge,
    conv: { ...merge.conv, id: newId(), path: `${sum.path}/merged${i + 1}` },
  }));
  const convs = placed.map(({ conv }) => conv);
  // What the others are subtracted from stands first.
  const isLed = placed.some(({ branches }) => branches.some(({ leads }) => leads));
  const isFirst = (conv: ShapedNode) =>
    placed.some((merge) => merge.conv === conv && merge.branches.some(({ leads }) => leads));
  const [first, others] = isLed ? [[], rest] : [rest.slice(0, 1), rest.slice(1)];
  const ids = convs.toSorted((a, b) => Number(isFirst(b)) - Number(isFirst(a))).map(({ id }) => id);
  return { nodes: [...convs, { ...sum, inputs: [...first, ...ids, ...others] }], merges: placed };
}
