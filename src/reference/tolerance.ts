import { isOverAxis } from "../ir/activation.ts";
import { indexNodes, type NodeId, type ShapedGraph, type ShapedNode } from "../ir/graph.ts";
import { isLinear } from "../ir/op.ts";
import { localRounding } from "./rounding.ts";

/** The relative bound of each node. Multiply it by the largest magnitude of the node's value. */
export type Tolerances = ReadonlyMap<NodeId, number>;

/**
 * Softmax turns an absolute error of its logits into a relative error of its result. The bound holds for logits up to
 * this size.
 */
const LOGITS = 16;

/**
 * Returns the allowed difference of a float32 run from the float64 run, computed from the graph alone. Each op adds
 * the error of its own arithmetic ({@link localRounding}) to the errors of its inputs: a sum or join takes the larger
 * error of its inputs, a product takes both. Errors of different ops are independent, so their squares add up, and the
 * bound grows with the square root of the depth. This assumes that ops do not magnify relative errors, which holds for
 * values near 1 (`randomWeights`, most trained weights). For other weights, `judge` measures the magnification. A
 * value for which `isGiven` is true counts as exact for the ops that read it.
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
