import type { ShapedGraph } from "../../../ir/graph.ts";
import { expectedWeights } from "../../../weights/expected-weights.ts";
import { tensorData } from "../../../weights/bind.ts";
import type { WeightStore } from "../../../weights/tensor.ts";

export const quantizations = ["float16", "uint8"] as const;
export type Quantization = (typeof quantizations)[number];

/** How the numbers of one kernel are stored in fewer bytes. */
export interface Quantizer {
  /** What the manifest says of it. */
  readonly json: Readonly<Record<string, string | number>>;
  readonly bytes: 1 | 2;
  /** The stored integer: an IEEE binary16's bits, or a step of the kernel's range. */
  readonly encode: (value: number) => number;
  /** What tf.js makes of a stored value. */
  readonly round: (value: number) => number;
}

/** A quantizer for a kernel and every part of it. Zero stays zero, so that the taps a dilation adds stay silent. */
export function quantizerFor(kernel: Float32Array, quantization: Quantization): Quantizer {
  return quantization === "float16" ? halfQuantizer : stepQuantizer(kernel);
}

const LARGEST_HALF = 65504;
const bits = new DataView(new ArrayBuffer(4));

/** The two numbers of a binary16 but its sign: the value is `count` times 2 to the `exponent`, `count` below 2048. */
function halfParts(value: number): { readonly exponent: number; readonly count: number } {
  const magnitude = Math.min(Math.abs(value), LARGEST_HALF);
  bits.setFloat32(0, magnitude);
  // Below 2^-14 the steps stay those of 2^-14.
  const exponent = Math.max((bits.getUint32(0) >>> 23) - 127, -14) - 10;
  const exact = magnitude / 2 ** exponent;
  const below = Math.floor(exact);
  const up = exact - below > 0.5 || (exact - below === 0.5 && below % 2 === 1);
  return { exponent, count: up ? below + 1 : below };
}

/** Round to nearest, ties to even; beyond its range a number becomes the largest, not infinite. */
const halfQuantizer: Quantizer = {
  json: { dtype: "float16", original_dtype: "float32" },
  bytes: 2,
  encode(value) {
    const { exponent, count } = halfParts(value);
    // A count of 2048 carries over into the exponent, which is what it means.
    const magnitude = count < 1024 ? count : ((exponent + 25) << 10) + (count - 1024);
    return (value < 0 ? 0x8000 : 0) | magnitude;
  },
  round(value) {
    const { exponent, count } = halfParts(value);
    return Math.sign(value) * count * 2 ** exponent;
  },
};

/** 256 even steps from the smallest to the largest value. */
function stepQuantizer(kernel: Float32Array): Quantizer {
  let [low, high] = [0, 0];
  for (const value of kernel) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const scale = (high - low) / 255 || 1;
  const zero = Math.round(-low / scale);
  const min = zero === 0 ? 0 : -zero * scale;
  const encode = (value: number) => Math.min(255, Math.max(0, Math.round((value - min) / scale)));
  return {
    json: { dtype: "uint8", min, scale, original_dtype: "float32" },
    bytes: 1,
    encode,
    round: (value) => Math.fround(encode(value) * scale + min),
  };
}

/** The weights as a model gives them back that stores the kernels quantized; vectors stay as they are. */
export function quantizedWeights(graph: ShapedGraph, weights: WeightStore, quantization: Quantization): WeightStore {
  const rounded = new Map(weights);
  for (const { name, shape, slot } of expectedWeights(graph)) {
    if (slot !== "kernel") continue;
    const data = tensorData(weights, name, shape);
    const { round } = quantizerFor(data, quantization);
    rounded.set(name, { name, shape, data: data.map(round) });
  }
  return rounded;
}
