import type { BatchNormFold, NormFold, ScaleFold, ShiftFold } from "../ir/norm-fold.ts";
import type { WeightStore } from "../formats/tensor.ts";
import { tensorData } from "./read-tensor.ts";

/**
 * Kernel and bias of a linear node after its recipes are evaluated. `bias` is null if there is neither a bias nor a
 * folded norm.
 */
export interface BoundWeights<A extends Float32Array | Float64Array = Float64Array> {
  /** HWIO, depthwise HWIM, dense IO; the output channel is fastest (for HWIM, `c * multiplier + m`). */
  readonly kernel: A;
  readonly bias: A | null;
}

/** The affine map that a batch norm computes per channel in inference: `x * scale + shift`. */
export interface ScaleShift {
  readonly scale: Float64Array;
  readonly shift: Float64Array;
}

/** Returns scale and shift of the norm with the path `fold.path`. Throws {@link WeightError}. */
export function affineOf(fold: BatchNormFold, channels: number, store: WeightStore): ScaleShift {
  const vector = (slot: string) => tensorData(store, `${fold.path}/${slot}`, [channels]);
  const gamma = fold.scale ? vector("gamma") : null;
  const beta = fold.center ? vector("beta") : null;
  const mean = vector("mean");
  const variance = vector("variance");
  const scale = new Float64Array(channels);
  const shift = new Float64Array(channels);
  for (let c = 0; c < channels; c++) {
    const factor = (gamma === null ? 1 : gamma[c]!) / Math.sqrt(variance[c]! + fold.eps);
    scale[c] = factor;
    shift[c] = (beta === null ? 0 : beta[c]!) - mean[c]! * factor;
  }
  return { scale, shift };
}

/** Returns the factor of each channel of a scale. Throws {@link WeightError} if the store lacks learned ones. */
export function factorsOf({ path, factor }: ScaleFold, channels: number, store: WeightStore): ArrayLike<number> {
  return factor === null ? tensorData(store, `${path}/gamma`, [channels]) : new Float64Array(channels).fill(factor);
}

/**
 * Returns the amount that a shift adds to each channel. Throws {@link WeightError} if the store lacks learned amounts.
 */
export function amountsOf({ path, amount }: ShiftFold, channels: number, store: WeightStore): ArrayLike<number> {
  return amount === null ? tensorData(store, `${path}/beta`, [channels]) : new Float64Array(channels).fill(amount);
}

/** Returns a recipe (norm, scale or shift) as an affine map. */
function mapOf(fold: NormFold, channels: number, store: WeightStore): ScaleShift {
  if ("amount" in fold) {
    return { scale: new Float64Array(channels).fill(1), shift: Float64Array.from(amountsOf(fold, channels, store)) };
  }
  if (!("factor" in fold)) return affineOf(fold, channels, store);
  return { scale: Float64Array.from(factorsOf(fold, channels, store)), shift: new Float64Array(channels) };
}

/**
 * Folds norms, scales and shifts into a kernel, in order and in place: kernel' = kernel * s, bias' = bias * s + shift,
 * s = gamma / sqrt(variance + eps) per output channel. For a scale, shift is 0. For a shift, s is 1.
 */
export function foldNorms(
  weights: BoundWeights,
  norms: readonly NormFold[],
  channels: number,
  store: WeightStore,
): BoundWeights {
  const { kernel } = weights;
  let { bias } = weights;
  for (const norm of norms) {
    const { scale, shift } = mapOf(norm, channels, store);
    bias ??= new Float64Array(channels);
    // In all three layouts the output channel is the last index.
    for (let i = 0; i < kernel.length; i += channels) {
      for (let c = 0; c < channels; c++) kernel[i + c]! *= scale[c]!;
    }
    for (let c = 0; c < channels; c++) bias[c] = bias[c]! * scale[c]! + shift[c]!;
  }
  return { kernel, bias };
}
