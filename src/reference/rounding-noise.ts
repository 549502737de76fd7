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
 * Returns, for each output channel, the magnitude to which a node's rounding errors are relative. For a reduction it
 * is the standard deviation of its sum, rms(input) * |kernel column| + |bias|, because the error does not shrink if
 * the sum happens to cancel. Null means the magnitude of the value itself.
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
 * Returns, for each channel, the magnitude to which a norm's rounding errors are relative: |gamma| * rms(cell) /
 * deviation(cell) + |beta|. If the mean is much larger than the deviation, the subtraction magnifies the rounding
 * errors of the mean.
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

/**
 * Disturbs a value as float32 rounding might: changes each element by up to `share` of the magnitude to which its
 * rounding error is relative.
 */
export function addNoise(value: Float64Array, share: number, scale: Float64Array | null, random: RandomSource): void {
  const channels = scale?.length ?? 1;
  for (let i = 0; i < value.length; i += channels) {
    for (let c = 0; c < channels; c++) {
      const magnitude = scale === null ? Math.abs(value[i]!) : scale[c]!;
      value[i + c]! += share * magnitude * (2 * random.uniform() - 1);
    }
  }
}
