import { indexNodes, inputShapes, type ShapedGraph, type ShapedNode } from "../../ir/graph.ts";
import { isLinear, withoutRecipes } from "../../ir/op.ts";
import { mapOf } from "../../ir/shape.ts";
import { biasHolder } from "./bias-holder.ts";

/**
 * Returns the network in its folded form, with a kernel and a bias on each conv, depthwise and dense. The layers of a frozen graph are
 * matched with it. A conv with one group for each channel becomes a depthwise conv: its kernel holds the same numbers in the same order.
 */
export function foldedGraph(inference: ShapedGraph): ShapedGraph {
  const index = indexNodes(inference);
  const nodes = inference.nodes.map((node): ShapedNode => {
    if (node.op === "batch_norm") return { ...node, scale: true, center: true };
    if (!isLinear(node)) return node;
    const plain = withoutRecipes(node, true);
    if (plain.op !== "conv") return plain;
    const { filters, groups, ...window } = plain;
    const { c } = mapOf(inputShapes(index, node)[0] ?? []);
    return groups > 1 && groups === c ? { ...window, op: "depthwise", multiplier: filters / groups } : plain;
  });
  return { ...inference, nodes };
}

/**
 * Returns, for each bias of a frozen graph, the name of the weight that stores it: the beta of a folded norm or shift,
 * or the mean of a norm without a beta.
 */
export function foldedNames(inference: ShapedGraph): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const node of inference.nodes) {
    const holder = isLinear(node) ? biasHolder(node) : null;
    if (holder === null) continue;
    names.set(`${node.path}/bias`, `${holder.path}/${"eps" in holder && !holder.center ? "mean" : "beta"}`);
  }
  return names;
}
