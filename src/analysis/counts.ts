import { indexNodes, inputShapes, type NodeId, type ShapedGraph, type ShapedNode } from "../ir/graph.ts";
import { isLinear, multiplyAdds, weightSlots } from "../ir/op.ts";
import { channelsOf, elementsOf } from "../ir/shape.ts";
import { inferenceGraph } from "../passes/pipeline.ts";

export interface NodeCounts {
  /** Elements of the node's weights. */
  readonly total: number;
  /** Those that training changes: all but a norm's moving mean and variance. */
  readonly trainable: number;
  /** Multiply-adds of one image: convs and dense only. */
  readonly macs: number;
}

export interface GraphCounts {
  readonly params: {
    readonly total: number;
    readonly trainable: number;
    /** What the inference graph reads: kernels, one bias a channel where a conv has a bias or a folded norm, scale and shift of norms that stay. */
    readonly folded: number;
  };
  readonly macs: number;
  readonly batchNormChannels: number;
}

export function countNode(index: ReadonlyMap<NodeId, ShapedNode>, node: ShapedNode): NodeCounts {
  const inputs = inputShapes(index, node);
  let total = 0;
  let trainable = 0;
  for (const slot of weightSlots(node, inputs)) {
    const elements = elementsOf(slot.shape);
    total += elements;
    if (slot.trainable) trainable += elements;
  }
  return { total, trainable, macs: multiplyAdds(node, inputs, node.shape) };
}

/** Counts of the training graph, as papers and frameworks give them; `folded` of the inference graph made from it. */
export function countGraph(training: ShapedGraph): GraphCounts {
  const index = indexNodes(training);
  let total = 0;
  let trainable = 0;
  let macs = 0;
  let batchNormChannels = 0;
  for (const node of training.nodes) {
    const counts = countNode(index, node);
    total += counts.total;
    trainable += counts.trainable;
    macs += counts.macs;
    if (node.op === "batch_norm") batchNormChannels += channelsOf(node.shape);
  }
  return { params: { total, trainable, folded: foldedParameters(training) }, macs, batchNormChannels };
}

function foldedParameters(training: ShapedGraph): number {
  // The passes report what they find in the spec; on a training graph nothing is left to find.
  const inference = inferenceGraph(training, () => undefined);
  const index = indexNodes(inference);
  return inference.nodes.reduce((sum, node) => {
    if (node.op === "batch_norm") return sum + 2 * channelsOf(node.shape);
    const newBias = isLinear(node) && node.folded.length > 0 && !node.bias ? channelsOf(node.shape) : 0;
    return sum + countNode(index, node).total + newBias;
  }, 0);
}
