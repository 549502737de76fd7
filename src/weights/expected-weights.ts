import { indexNodes, inputShapes, type ShapedGraph } from "../ir/graph.ts";
import type { WeightSlot } from "../ir/op-definition.ts";
import { weightSlots } from "../ir/op.ts";
import type { Span } from "../text/span.ts";

/** A tensor that a network reads and a checkpoint must contain. */
export interface ExpectedWeight extends Omit<WeightSlot, "name"> {
  readonly name: string;
  readonly slot: WeightSlot["name"];
  /** Path of the node that reads it. */
  readonly node: string;
  readonly span: Span;
}

/**
 * Lists the tensors that a network reads, in execution order.
 *
 * @param graph the training graph.
 * @returns for each tensor its name, shape, initialiser and the place of its layer. Kernels are HWIO, depthwise HWIM, dense IO.
 */
export function expectedWeights(graph: ShapedGraph): readonly ExpectedWeight[] {
  const index = indexNodes(graph);
  return graph.nodes.flatMap((node) =>
    weightSlots(node, inputShapes(index, node)).map((slot) => ({
      ...slot,
      name: `${node.path}/${slot.name}`,
      slot: slot.name,
      node: node.path,
      span: node.span,
    })),
  );
}
