import { isOverAxis } from "../ir/activation.ts";
import { indexNodes, type NodeId, type ShapedGraph, type ShapedNode } from "../ir/graph.ts";
import { isLinear } from "../ir/op.ts";
import { localRounding } from "./rounding.ts";

/** Relative bounds by node: times the largest magnitude of the node's value. */
export type Tolerances = ReadonlyMap<NodeId, number>;

/** Softmax turns an absolute error of its logits into a relative one of its result; logits of this size are allowed for. */
const LOGITS = 16;

/**
 * How far a float32 run may be from the float64 one, from the graph alone. Each op adds what its own arithmetic rounds away
 * ({@link localRounding}) to what came in: sums and joins hand on the larger of their inputs' shares, products both.
 * Roundings of different ops are independent, so shares add up in squares, and the bound grows with the square root of
 * depth. Assumes that relative errors are handed on unmagnified, as values near 1 are (`randomWeights`, most trained
 * weights); where they are not, `judge` measures. A value that `isGiven` counts as exact for what reads it.
 */
export function layerTolerance(graph: ShapedGraph, isGiven: (id: NodeId) => boolean = () => false): Tolerances {
  const index = indexNodes(graph);
  const tolerances = new Map<NodeId, number>();
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((id) => (isGiven(id) ? 0 : (tolerances.get(id) ?? 0)));
    tolerances.set(node.id, Math.hypot(handedOn(node, inputs), localRounding(node, index)));
  }
  return tolerances;
}

function handedOn(node: ShapedNode, inputs: readonly number[]): number {
  if (node.op === "mul") return Math.hypot(...inputs);
  const largest = Math.max(0, ...inputs);
  return softens(node) ? 2 * LOGITS * largest : largest;
}

function softens(node: ShapedNode): boolean {
  if (node.op !== "activation" && !isLinear(node)) return false;
  return node.activation !== null && isOverAxis(node.activation.fn);
}
