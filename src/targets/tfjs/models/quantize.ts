import type { ShapedGraph } from "../../../ir/graph.ts";
import { expectedWeights } from "../../../weights/expected-weights.ts";
import { tensorData } from "../../../weights/read-tensor.ts";
import { clampToHalf, halfBits, roundToHalf } from "../../../formats/half.ts";
import type { WeightStore } from "../../../formats/tensor.ts";
import type { Quantization } from "./quantization.ts";

/** How the numbers of one kernel are stored in fewer bytes. */
export interface Quantizer {
  /** Its entry in the manifest. */
  readonly json: Readonly<Record<string, string | number>>;
  readonly bytes: 1 | 2;
  /** Returns the stored integer: the bits of an IEEE binary16, or an index of a step in the kernel's range. */
  readonly encode: (value: number) => number;
  /** Returns the number that tf.js decodes from a stored integer. */
  readonly round: (value: number) => number;
}

/**
 * Returns the quantizer for a kernel and all of its parts. It maps zero to zero, because the zeros between the taps of
 * a dilated kernel must not contribute.
 */
export function quantizerFor(kernel: Float32Array, quantization: Quantization): Quantizer {
  return quantization === "float16" ? halfQuantizer : stepQuantizer(kernel);
}

/** Rounds to the nearest value, ties to even. A number out of range becomes the largest finite value. */
const halfQuantizer: Quantizer = {
  json: { dtype: "float16", original_dtype: "float32" },
  bytes: 2,
  encode: (value) => halfBits(clampToHalf(value)),
  round: (value) => roundToHalf(clampToHalf(value)),
};

/** Uses 256 equally spaced values from the smallest to the largest. */
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

/** Returns the weights after quantization and decoding of the kernels. Vectors are unchanged. */
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
