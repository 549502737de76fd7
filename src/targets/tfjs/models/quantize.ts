import type { ShapedGraph } from "../../../ir/graph.ts";
import { expectedWeights } from "../../../weights/expected-weights.ts";
import { tensorData } from "../../../weights/read-tensor.ts";
import { clampToHalf, halfBits, roundToHalf } from "../../../formats/half.ts";
import type { WeightStore } from "../../../formats/tensor.ts";
import type { Quantization } from "./quantization.ts";

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

/** Round to nearest, ties to even; beyond its range a number becomes the largest, not infinite. */
const halfQuantizer: Quantizer = {
  json: { dtype: "float16", original_dtype: "float32" },
  bytes: 2,
  encode: (value) => halfBits(clampToHalf(value)),
  round: (value) => roundToHalf(clampToHalf(value)),
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
