import type { ShapedNodeOf } from "../ir/graph.ts";
import { canMerge, weightSlots, type LinearOp } from "../ir/op.ts";
import { channelsOf, type Shape } from "../ir/shape.ts";
import type { WeightStore } from "../formats/tensor.ts";
import { affineOf, amountsOf, factorsOf, foldNorms, type BoundWeights, type ScaleShift } from "./fold-norms.ts";
import { mergedWeights } from "./merged-weights.ts";
import { tensorData } from "./read-tensor.ts";

export type LinearNode = ShapedNodeOf<LinearOp["op"]>;

/** Returns scale and shift of a norm that is a separate node. Throws {@link WeightError}. */
export function normScaleShift(node: ShapedNodeOf<"batch_norm">, store: WeightStore): ScaleShift {
  return affineOf(node, channelsOf(node.shape), store);
}

/** Returns the factor of each channel of a scale that is a separate node. Throws {@link WeightError}. */
export function channelFactors(node: ShapedNodeOf<"scale">, store: WeightStore): ArrayLike<number> {
  return factorsOf(node, channelsOf(node.shape), store);
}

/** Returns the amount that a shift, as a separate node, adds to each channel. Throws {@link WeightError}. */
export function channelAmounts(node: ShapedNodeOf<"shift">, store: WeightStore): ArrayLike<number> {
  return amountsOf(node, channelsOf(node.shape), store);
}

/** Returns the slope below zero of each channel of a prelu. Throws {@link WeightError}. */
export function channelSlopes(node: ShapedNodeOf<"prelu">, store: WeightStore): ArrayLike<number> {
  return tensorData(store, `${node.path}/alpha`, [channelsOf(node.shape)]);
}

/**
 * Returns kernel and bias of a linear node whose input has the shape `inputShape`. The recipes are evaluated in
 * float64: first the sum of the branches in `merged`, then the norms in `folded`, in order. Throws {@link WeightError}
 * if a tensor is missing or has another shape.
 */
export function boundWeights(node: LinearNode, inputShape: Shape, store: WeightStore): BoundWeights {
  const channels = channelsOf(node.shape);
  if (canMerge(node) && node.merged !== undefined) {
    return foldNorms(mergedWeights(node, node.merged, channelsOf(inputShape), store), node.folded, channels, store);
  }
  const tensors = new Map(
    weightSlots(node, [inputShape]).map((slot) => [
      slot.name,
      new Float64Array(tensorData(store, `${node.path}/${slot.name}`, slot.shape)),
    ]),
  );
  const kernel = tensors.get("kernel");
  if (kernel === undefined) throw new Error(`internal: ${node.op} without a kernel`);
  return foldNorms({ kernel, bias: tensors.get("bias") ?? null }, node.folded, channels, store);
}

/** Binds weights as {@link boundWeights} does and rounds each result to float32, the type that targets store. */
export function boundFloat32(node: LinearNode, inputShape: Shape, store: WeightStore): BoundWeights<Float32Array> {
  const { kernel, bias } = boundWeights(node, inputShape, store);
  return { kernel: new Float32Array(kernel), bias: bias === null ? null : new Float32Array(bias) };
}
