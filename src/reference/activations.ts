import type { Activation, ActivationName } from "../ir/activation.ts";
import { erfc } from "./erf.ts";

type ElementwiseName = Exclude<ActivationName, "softmax">;

/** `Math.max` and `Math.min` hand a NaN on, which a comparison would not. */
function relu6(x: number): number {
  return Math.min(6, Math.max(0, x));
}

/** Stable on both sides: the exponential never overflows into a quotient of infinities. */
function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/** One element at a time. `alpha` is the slope of `leaky_relu` below zero. */
const elementwise: Readonly<Record<ElementwiseName, (x: number, alpha: number) => number>> = {
  relu: (x) => Math.max(0, x),
  relu6,
  leaky_relu: (x, alpha) => (x < 0 ? alpha * x : x),
  swish: (x) => x * sigmoid(x),
  hswish: (x) => (x * relu6(x + 3)) / 6,
  sigmoid,
  hsigmoid: (x) => relu6(x + 3) / 6,
  tanh: Math.tanh,
  // x * Phi(x) with Phi(x) = erfc(-x / sqrt(2)) / 2, which keeps its digits where Phi is small. Hendrycks and Gimpel 2016.
  gelu: (x) => (x * erfc(-x * Math.SQRT1_2)) / 2,
};

/** Applies an activation; `channels` is the extent of the last axis, which softmax sums over. */
export function activate(activation: Activation, data: Float64Array, channels: number): Float64Array {
  if (activation.fn === "softmax") return softmax(data, channels);
  const { alpha } = activation;
  const apply = elementwise[activation.fn];
  const out = new Float64Array(data.length);
  for (let i = 0; i < out.length; i++) out[i] = apply(data[i]!, alpha);
  return out;
}

/** With the row's maximum subtracted, so that large logits do not overflow. A NaN spreads over its row. */
function softmax(data: Float64Array, channels: number): Float64Array {
  const out = new Float64Array(data.length);
  for (let row = 0; row < out.length; row += channels) {
    let max = -Infinity;
    for (let c = 0; c < channels; c++) max = Math.max(max, data[row + c]!);
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += out[row + c] = Math.exp(data[row + c]! - max);
    for (let c = 0; c < channels; c++) out[row + c]! /= sum;
  }
  return out;
}
