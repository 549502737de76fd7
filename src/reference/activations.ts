import { isOverAxis, type Activation, type AxisActivation, type ElementwiseActivation } from "../ir/activation.ts";
import { erfc } from "./erf.ts";

/** `Math.max` and `Math.min` return NaN for NaN. A comparison would not. */
function relu6(x: number): number {
  return Math.min(6, Math.max(0, x));
}

/** Numerically stable: the exponential never overflows, so the quotient is never one of infinities. */
function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/** Below zero, values are between -alpha and 0. */
function elu(x: number, alpha: number): number {
  return x < 0 ? alpha * Math.expm1(x) : x;
}

/** The exponential of a negative number never overflows. */
function softplus(x: number): number {
  return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
}

/**
 * With these two constants, inputs of mean 0 and variance 1 give outputs of mean 0 and variance 1. Klambauer et al.
 * 2017.
 */
const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/** Applies a function to one element. Only `leaky_relu` and `elu` use `alpha`. */
const elementwise: Readonly<Record<ElementwiseActivation, (x: number, alpha: number) => number>> = {
  relu: (x) => Math.max(0, x),
  relu6,
  leaky_relu: (x, alpha) => (x < 0 ? alpha * x : x),
  elu,
  selu: (x) => SELU_SCALE * elu(x, SELU_ALPHA),
  softplus,
  swish: (x) => x * sigmoid(x),
  mish: (x) => x * Math.tanh(softplus(x)),
  hswish: (x) => (x * relu6(x + 3)) / 6,
  sigmoid,
  hsigmoid: (x) => relu6(x + 3) / 6,
  tanh: Math.tanh,
  // x * Phi(x) with Phi(x) = erfc(-x / sqrt(2)) / 2, which stays precise where Phi is small. Hendrycks and Gimpel
  // 2016.
  gelu: (x) => (x * erfc(-x * Math.SQRT1_2)) / 2,
  // 0.5 (1 + tanh(u)) is sigmoid(2 u), which stays precise where it is small.
  gelu_tanh: (x) => x * sigmoid(2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)),
};

/** Applies an activation to a value. `channels` is the extent of the last axis, over which softmax sums. */
export function activate(activation: Activation, data: Float64Array, channels: number): Float64Array {
  const { fn, alpha } = activation;
  if (isOverAxis(fn)) return overAxis[fn](data, channels);
  const apply = elementwise[fn];
  const out = new Float64Array(data.length);
  for (let i = 0; i < out.length; i++) out[i] = apply(data[i]!, alpha);
  return out;
}

/** Subtracts the maximum of the row, so that large logits do not overflow. A NaN makes its whole row NaN. */
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

/** The same maximum is subtracted from both terms. */
function logSoftmax(data: Float64Array, channels: number): Float64Array {
  const out = new Float64Array(data.length);
  for (let row = 0; row < out.length; row += channels) {
    let max = -Infinity;
    for (let c = 0; c < channels; c++) max = Math.max(max, data[row + c]!);
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += Math.exp(data[row + c]! - max);
    const log = Math.log(sum);
    for (let c = 0; c < channels; c++) out[row + c] = data[row + c]! - max - log;
  }
  return out;
}

const overAxis: Readonly<Record<AxisActivation, (data: Float64Array, channels: number) => Float64Array>> = {
  softmax,
  log_softmax: logSoftmax,
};
