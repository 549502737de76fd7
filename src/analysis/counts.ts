import { indexNodes, inputShapes, type NodeId, type ShapedGraph, type ShapedNode } from "../ir/graph.ts";
import { noMacs, noWeights } from "../ir/op-definition.ts";
import { isLinear, multiplyAdds, opDefinitions, weightSlots } from "../ir/op.ts";
import { channelsOf, elementsOf, type Shape } from "../ir/shape.ts";
import { inferenceGraph } from "../passes/pipeline.ts";

export interface NodeCounts {
  /** The number of all weights of the node. */
  readonly total: number;
  /** The weights that training changes: all except a norm's moving mean and variance. */
  readonly trainable: number;
  /** Multiply-adds of one image: convs and dense only. */
  readonly macs: number;
}

export interface GraphCounts {
  readonly params: {
    readonly total: number;
    readonly trainable: number;
    /**
     * The weights of the inference graph: kernels, one bias for each channel of a conv that has a bias or a folded
     * norm, and scale and shift of norms that are not folded.
     */
    readonly folded: number;
  };
  readonly macs: number;
  /** Multiply-adds of the inference graph. There are fewer if parallel branches are merged into one conv. */
  readonly foldedMacs: number;
  readonly batchNormChannels: number;
}

/** The counts of each node. */
export function countNodes(graph: ShapedGraph): ReadonlyMap<NodeId, NodeCounts> {
  const index = indexNodes(graph);
  const counts = new Map<NodeId, NodeCounts>();
  for (const node of graph.nodes) {
    const { weights, macs } = opDefinitions[node.op];
    const nothing = weights === noWeights && macs === noMacs;
    counts.set(node.id, nothing ? NOTHING : countNode(node, inputShapes(index, node)));
  }
  return counts;
}

/** The counts of an op without weights and multiply-adds. */
const NOTHING: NodeCounts = { total: 0, trainable: 0, macs: 0 };

function countNode(node: ShapedNode, inputs: readonly Shape[]): NodeCounts {
  let total = 0;
  let trainable = 0;
  for (const slot of weightSlots(node, inputs)) {
    const elements = elementsOf(slot.shape);
    total += elements;
    if (slot.trainable) trainable += elements;
  }
  return { total, trainable, macs: multiplyAdds(node, inputs, node.shape) };
}

/** Data that is already known, so that it need not be computed again. */
export interface CountSources {
  readonly nodes?: ReadonlyMap<NodeId, NodeCounts>;
  readonly inference?: ShapedGraph;
}

/**
 * Returns the counts of the training graph, as papers and frameworks state them. `folded` has those of its inference
 * graph.
 */
export function countGraph(training: ShapedGraph, sources: CountSources = {}): GraphCounts {
  const { total, trainable, macs } = sumCounts(sources.nodes ?? countNodes(training));
  const batchNormChannels = training.nodes.reduce(
    (sum, node) => (node.op === "batch_norm" ? sum + channelsOf(node.shape) : sum),
    0,
  );
  // The passes report faults of the spec. A training graph has none, so nothing is reported here.
  const inference = sources.inference ?? inferenceGraph(training, () => undefined);
  const deployed = countNodes(inference);
  const folded = foldedParameters(inference, deployed);
  return { params: { total, trainable, folded }, macs, foldedMacs: sumCounts(deployed).macs, batchNormChannels };
}

export function sumCounts(nodes: ReadonlyMap<NodeId, NodeCounts>): NodeCounts {
  let total = 0;
  let trainable = 0;
  let macs = 0;
  for (const counts of nodes.values()) {
    total += counts.total;
    trainable += counts.trainable;
    macs += counts.macs;
  }
  return { total, trainable, macs };
}

function foldedParameters(inference: ShapedGraph, counts: ReadonlyMap<NodeId, NodeCounts>): number {
  return inference.nodes.reduce((sum, node) => {
    if (node.op === "batch_norm") return sum + 2 * channelsOf(node.shape);
    const newBias = isLinear(node) && node.folded.length > 0 && !node.bias ? channelsOf(node.shape) : 0;
    return sum + (counts.get(node.id)?.total ?? 0) + newBias;
  }, 0);
}
