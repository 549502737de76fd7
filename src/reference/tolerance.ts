import { indexNodes, type NodeId, type ShapedGraph, type ShapedNode } from "../ir/graph.ts";
import { isLinear } from "../ir/op.ts";
import { channelsOf } from "../ir/shape.ts";
import { boundWeights } from "../weights/bind.ts";
import { randomSource, type RandomSource } from "../weights/random.ts";
import type { WeightStore } from "../weights/tensor.ts";
import { compareTensors } from "./compare.ts";
import { interpretWith } from "./interpret.ts";
import { onlyInput, type Value } from "./kernel.ts";
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
 * weights); where they are not, see {@link conditionedTolerance}.
 */
export function layerTolerance(graph: ShapedGraph): Tolerances {
  const index = indexNodes(graph);
  const tolerances = new Map<NodeId, number>();
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((id) => tolerances.get(id) ?? 0);
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
  return (node.op === "activation" || isLinear(node)) && node.activation?.fn === "softmax";
}

/** What the perturbed run shows is one draw; the largest of another one stays within twice of it. */
const DRAWS = 2;

/**
 * {@link layerTolerance}, raised where this network with these weights on this input magnifies errors: norms that cancel,
 * clamps that cut large values off, long chains that grow. Measured: a second run in float64 with noise of each op's own
 * rounding on every value shows how much of it arrives where. `exact` is what `interpret` gave. Takes as long as
 * one interpretation. A tolerance near 1 says that float32 cannot compute this layer.
 */
export function conditionedTolerance(
  graph: ShapedGraph,
  weights: WeightStore,
  input: ArrayLike<number>,
  exact: ReadonlyMap<NodeId, Float64Array>,
): Tolerances {
  const index = indexNodes(graph);
  const random = randomSource(0, "rounding");
  const noisy = interpretWith(graph, weights, input, (node, inputs, value) => {
    const share = localRounding(node, index);
    // Ops that round nothing may share their input's array.
    if (share > 0) addNoise(value, share, noiseScale(node, inputs, weights), random);
  });
  const tolerances = new Map<NodeId, number>();
  for (const [id, floor] of layerTolerance(graph)) {
    const { relativeError } = compareTensors(exact.get(id) ?? [], noisy.get(id) ?? [], { relative: 0 });
    tolerances.set(id, Math.max(floor, DRAWS * relativeError));
  }
  return tolerances;
}

/**
 * The magnitude that a node's roundings are relative to, by output channel: for a reduction the standard deviation of its
 * sum, rms(input) * |kernel column| + |bias|, which a sum that happens to cancel does not shrink; null for the value's own.
 */
function noiseScale(node: ShapedNode, inputs: readonly Value[], weights: WeightStore): Float64Array | null {
  if (!isLinear(node)) return null;
  const { shape, data } = onlyInput(inputs);
  const { kernel, bias } = boundWeights(node, shape, weights);
  const squares = new Float64Array(channelsOf(node.shape));
  for (let i = 0; i < kernel.length; i += squares.length) {
    for (let c = 0; c < squares.length; c++) squares[c]! += kernel[i + c]! ** 2;
  }
  let power = 0;
  for (const value of data) power += value * value;
  const rms = Math.sqrt(power / data.length);
  return squares.map((square, c) => rms * Math.sqrt(square) + Math.abs(bias?.[c] ?? 0));
}

function addNoise(value: Float64Array, share: number, scale: Float64Array | null, random: RandomSource): void {
  const channels = scale?.length ?? 1;
  for (let i = 0; i < value.length; i += channels) {
    for (let c = 0; c < channels; c++) {
      const magnitude = scale === null ? Math.abs(value[i]!) : scale[c]!;
      value[i + c]! += share * magnitude * (2 * random.uniform() - 1);
    }
  }
}
