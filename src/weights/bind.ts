import type { ShapedNodeOf } from "../ir/graph.ts";
import type { NormFold } from "../ir/norm-fold.ts";
import { weightSlots, type LinearOp } from "../ir/op.ts";
import { channelsOf, elementsOf, formatShape, sameShape, type Shape } from "../ir/shape.ts";
import type { WeightStore } from "../formats/tensor.ts";
import { WeightError } from "../formats/weight-error.ts";

export type LinearNode = ShapedNodeOf<LinearOp["op"]>;

/** A linear node's weights with its folds applied. `bias` is null where there is neither a bias nor a fold. */
export interface BoundWeights<A extends Float32Array | Float64Array = Float64Array> {
  /** HWIO, depthwise HWIM, dense IO; the output channel is fastest (for HWIM, `c * multiplier + m`). */
  readonly kernel: A;
  readonly bias: A | null;
}

/** Per-channel affine map a batch norm is in inference: `x * scale + shift`. */
export interface ScaleShift {
  readonly scale: Float64Array;
  readonly shift: Float64Array;
}

/** The named tensor's values. Throws {@link WeightError} where it is missing or has another shape. */
export function tensorData(store: WeightStore, name: string, shape: Shape): Float32Array {
  const expected = `a ${formatShape(shape)} tensor`;
  const tensor = store.get(name);
  if (tensor === undefined) throw new WeightError(name, expected, "missing");
  if (!sameShape(tensor.shape, shape)) throw new WeightError(name, expected, `a ${formatShape(tensor.shape)} tensor`);
  if (tensor.data.length !== elementsOf(shape)) {
    throw new WeightError(name, `${elementsOf(shape)} values long`, `${tensor.data.length} values long`);
  }
  return tensor.data;
}

function affineOf(fold: NormFold, channels: number, store: WeightStore): ScaleShift {
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

/** Scale and shift of a norm that stands on its own. Throws {@link WeightError}. */
export function normScaleShift(node: ShapedNodeOf<"batch_norm">, store: WeightStore): ScaleShift {
  return affineOf(node, channelsOf(node.shape), store);
}

/**
 * Kernel and bias of a linear node fed a value of `inputShape`, with the recipes in `folded` evaluated in float64, in
 * order: kernel' = kernel * s, bias' = bias * s + shift, s = gamma / sqrt(variance + eps) per output channel.
 * Throws {@link WeightError} where a tensor is missing or has another shape.
 */
export function boundWeights(node: LinearNode, inputShape: Shape, store: WeightStore): BoundWeights {
  const tensors = new Map(
    weightSlots(node, [inputShape]).map((slot) => [
      slot.name,
      new Float64Array(tensorData(store, `${node.path}/${slot.name}`, slot.shape)),
    ]),
  );
  const kernel = tensors.get("kernel");
  if (kernel === undefined) throw new Error(`internal: ${node.op} without a kernel`);
  const channels = channelsOf(node.shape);
  let bias = tensors.get("bias") ?? null;
  for (const fold of node.folded) {
    const { scale, shift } = affineOf(fold, channels, store);
    bias ??= new Float64Array(channels);
    // In all three layouts the output channel is the last index.
    for (let i = 0; i < kernel.length; i += channels) {
      for (let c = 0; c < channels; c++) kernel[i + c]! *= scale[c]!;
    }
    for (let c = 0; c < channels; c++) bias[c] = bias[c]! * scale[c]! + shift[c]!;
  }
  return { kernel, bias };
}

/** As {@link boundWeights}, each value rounded once, to float32: what targets store. */
export function boundFloat32(node: LinearNode, inputShape: Shape, store: WeightStore): BoundWeights<Float32Array> {
  const { kernel, bias } = boundWeights(node, inputShape, store);
  return { kernel: new Float32Array(kernel), bias: bias === null ? null : new Float32Array(bias) };
}
