import type { NodeId, ShapedGraph, ShapedNode, ShapedNodeOf } from "../ir/graph.ts";
import type { BatchNormFold, ScaleFold } from "../ir/norm-fold.ts";
import { isLinear } from "../ir/op.ts";
import { ownValues } from "./own-values.ts";
import { replaceValues } from "./replace-values.ts";

export type LinearNode = ShapedNodeOf<"conv" | "conv_transpose" | "depthwise" | "dense">;

/** What a linear op gains. */
export type Gain = Partial<Pick<LinearNode, "folded" | "activation">>;

/**
 * Merges a node into the linear op before it, if that op's value has no other reader and no output taps it. `absorb` returns what the
 * linear op gains, or null. The merged node keeps the linear op's path and takes the id of the node it absorbed: an id names a value, and
 * that value is what it now computes, so no later node is rewired.
 */
export function absorbIntoLinear(
  graph: ShapedGraph,
  absorb: (linear: LinearNode, node: ShapedNode) => Gain | null,
): ShapedGraph {
  const isOwn = ownValues(graph);
  const nodes: ShapedNode[] = [];
  const place = new Map<NodeId, number>();
  for (const node of graph.nodes) {
    const [input] = node.inputs;
    const at = input === undefined ? undefined : place.get(input);
    const before = at === undefined ? undefined : nodes[at];
    if (input !== undefined && at !== undefined && before !== undefined && isLinear(before)) {
      const gain = isOwn(input) ? absorb(before, node) : null;
      if (gain !== null) {
        nodes[at] = { ...before, ...gain, id: node.id };
        place.set(node.id, at);
        continue;
      }
    }
    place.set(node.id, nodes.length);
    nodes.push(node);
  }
  if (nodes.length === graph.nodes.length) return graph;
  // A block that began or ended between the two now meets the merged value.
  return replaceValues({ ...graph, nodes }, (id) => nodes[place.get(id) ?? -1]?.id ?? id);
}

/** Returns what a linear op without activation gains from the batch norm, scale or shift after it: a recipe. */
export function absorbNorm(linear: LinearNode, node: ShapedNode): Gain | null {
  if (linear.activation !== null) return null;
  if (node.op === "scale") return { folded: [...linear.folded, scaleFold(node)] };
  if (node.op === "shift") return { folded: [...linear.folded, { path: node.path, amount: node.amount }] };
  return node.op === "batch_norm" ? { folded: [...linear.folded, batchNormFold(node)] } : null;
}

/** Returns a batch norm as a recipe. */
export function batchNormFold({ path, eps, scale, center }: ShapedNodeOf<"batch_norm">): BatchNormFold {
  return { path, eps, scale, center };
}

/** Returns a scale as a recipe. */
export function scaleFold({ path, factor }: ShapedNodeOf<"scale">): ScaleFold {
  return { path, factor };
}
