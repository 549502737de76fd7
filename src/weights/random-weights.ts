import {
  indexNodes,
  inputShapes,
  nodeAt,
  usesOf,
  type NodeId,
  type ShapedGraph,
  type ShapedNode,
  type ShapedNodeOf,
} from "../ir/graph.ts";
import type { WeightSlot } from "../ir/op-definition.ts";
import { isLinear, weightSlots } from "../ir/op.ts";
import { channelsOf, elementsOf } from "../ir/shape.ts";
import { kernelFans } from "./fans.ts";
import { randomSource } from "./random.ts";
import { secondMoments } from "./second-moment.ts";
import type { WeightStore, WeightTensor } from "../formats/tensor.ts";

type NormNode = ShapedNodeOf<"batch_norm">;

/**
 * Draws weights for tests of a training graph. Values are not accidentally zero, one or symmetric, gammas are
 * sometimes 0 or negative, and variances run from 1e-6 to 1e3; still, activations stay near 1, where float32 is
 * precise. A conv before a norm gives the variance that the norm expects, as in a trained network: each channel of its
 * kernel is scaled by the norm's sqrt(variance + eps). The same seed gives the same bytes.
 */
export function randomWeights(graph: ShapedGraph, seed: number): WeightStore {
  const index = indexNodes(graph);
  const moments = secondMoments(graph);
  const normsOf = normsByProducer(graph, index);
  const store = new Map<string, WeightTensor>();
  for (const node of graph.nodes) {
    const spread = channelSpread(seed, normsOf.get(node.id));
    const input = node.inputs[0] === undefined ? 1 : (moments.get(node.inputs[0]) ?? 1);
    for (const slot of weightSlots(node, inputShapes(index, node))) {
      const name = `${node.path}/${slot.name}`;
      store.set(name, { name, shape: slot.shape, data: slotValues(seed, node, slot, spread, input) });
    }
  }
  return store;
}

/** Returns the norms that are the only reader of a linear node, indexed by that node and by the norm. */
function normsByProducer(graph: ShapedGraph, index: ReadonlyMap<NodeId, ShapedNode>): ReadonlyMap<NodeId, NormNode> {
  const uses = usesOf(graph);
  const norms = new Map<NodeId, NormNode>();
  for (const norm of graph.nodes) {
    const from = norm.inputs[0];
    if (norm.op !== "batch_norm" || from === undefined) continue;
    const producer = nodeAt(index, from);
    if (!isLinear(producer) || producer.activation !== null || uses.get(from)?.length !== 1) continue;
    norms.set(producer.id, norm);
    norms.set(norm.id, norm);
  }
  return norms;
}

/**
 * Variances range over nine decades if the linear node before the norm is scaled to match. Otherwise they are near 1.
 */
function varianceValues(seed: number, norm: ShapedNode, matched: boolean): Float32Array {
  const random = randomSource(seed, `${norm.path}/variance`);
  const variance = new Float32Array(channelsOf(norm.shape));
  for (let c = 0; c < variance.length; c++) {
    variance[c] = matched ? 10 ** (9 * random.uniform() - 6) : 0.5 + 1.5 * random.uniform();
  }
  return variance;
}

/** Standard deviation per channel that a norm expects before it; null for 1. */
function channelSpread(seed: number, norm: NormNode | undefined): Float64Array | null {
  if (norm === undefined) return null;
  return Float64Array.from(varianceValues(seed, norm, true), (variance) => Math.sqrt(variance + norm.eps));
}

function slotValues(
  seed: number,
  node: ShapedNode,
  slot: WeightSlot,
  spread: Float64Array | null,
  inputMoment: number,
): Float32Array {
  if (slot.name === "variance") return varianceValues(seed, node, spread !== null);
  const random = randomSource(seed, `${node.path}/${slot.name}`);
  const data = new Float32Array(elementsOf(slot.shape));
  const channels = channelsOf(node.shape);
  const spreadAt = (i: number) => (spread === null ? 1 : (spread[i % channels] ?? 1));
  let stddev = 0.2;
  if (slot.name === "kernel" && isLinear(node)) {
    // Each output of a transposed conv meets one tap in stride * stride.
    const [down, across] = node.op === "conv_transpose" ? node.stride : [1, 1];
    const taps = Math.max(1, kernelFans(node.op, slot.shape, 1).in / (down * across));
    stddev = 1 / Math.sqrt(taps * Math.max(inputMoment, 1e-4));
  }
  for (let i = 0; i < data.length; i++) {
    if (slot.name === "gamma") data[i] = gammaValue(random.uniform(), random.normal());
    else if (slot.name === "alpha") data[i] = 0.25 + stddev * random.normal();
    else if (slot.name === "beta") data[i] = stddev * random.normal();
    else data[i] = stddev * spreadAt(i) * random.normal();
  }
  return data;
}

/**
 * Gammas are around 1. One in sixteen is exactly 0, as after pruning, and one in sixteen is negative, as training can
 * make it.
 */
function gammaValue(lot: number, deviate: number): number {
  if (lot < 1 / 16) return 0;
  const value = 1 + 0.2 * deviate;
  return lot < 2 / 16 ? -value : value;
}
