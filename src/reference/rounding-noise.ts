import type { ShapedNode, ShapedNodeOf } from "../ir/graph.ts";
import { isLinear } from "../ir/op.ts";
import { channelsOf } from "../ir/shape.ts";
import { boundWeights } from "../weights/bind.ts";
import type { RandomSource } from "../weights/random.ts";
import type { WeightStore } from "../formats/tensor.ts";
import { tensorData } from "../weights/read-tensor.ts";
import { onlyInput, type Value } from "./kernel.ts";
import { cellMoments } from "./ops/sample-norm.ts";

/**
 * Returns the magnitude that a node's roundings are relative to, by output channel. For a reduction it is the standard deviation of its
 * sum, rms(input) * |kernel column| + |bias|: a sum that happens to cancel does not shrink it. Null means the value's own magnitude.
 */
export function noiseScale(node: ShapedNode, inputs: readonly Value[], weights: WeightStore): Float64Array | null {
  if (node.op === "sample_norm") return normScale(node, onlyInput(inputs), weights);
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

/**
 * Returns the magnitude that a norm's roundings are relative to, by channel: |gamma| * rms(cell) / deviation(cell) + |beta|. The
 * difference from a mean far above the deviation magnifies the roundings of the mean.
 */
function normScale(node: ShapedNodeOf<"sample_norm">, { shape, data }: Value, weights: WeightStore): Float64Array {
  const channels = channelsOf(shape);
  const magnified = new Float64Array(channels);
  for (const { mean, variance, places } of cellMoments(node, shape, data)) {
    const factor = Math.sqrt((mean ** 2 + variance) / (variance + node.eps));
    for (const at of places) magnified[at % channels] = Math.max(magnified[at % channels]!, factor);
  }
  const vector = (slot: string) => tensorData(weights, `${node.path}/${slot}`, [channels]);
  const gamma = node.scale ? vector("gamma") : null;
  const beta = node.center ? vector("beta") : null;
  return magnified.map((factor, c) => factor * Math.abs(gamma?.[c] ?? 1) + Math.abs(beta?.[c] ?? 0));
}

/** Disturbs a value as float32 might: changes each element by up to `share` of the magnitude that its rounding is relative to. */
export function addNoise(value: Float64Array, share: number, scale: Float64Array | null, random: RandomSource): void {
  const channels = scale?.length ?? 1;
  for (let i = 0; i < value.length; i += channels) {
    for (let c = 0; c < channels; c++) {
      const magnitude = scale === null ? Math.abs(value[i]!) : scale[c]!;
      value[i + c]! += share * magnitude * (2 * random.uniform() - 1);
    }
  }
}
