import type { Shape } from "../../../ir/shape.ts";
import { boundFloat32, type LinearNode } from "../../../weights/bind.ts";
import type { BoundWeights } from "../../../weights/fold-norms.ts";
import type { WeightStore } from "../../../formats/tensor.ts";

/** Gives kernels their weights, with folds applied. */
export interface WeightBinder {
  readonly store: WeightStore;
  readonly linear: (node: LinearNode, inputShape: Shape) => BoundWeights<Float32Array>;
}

/** Makes a binder that remembers the layer it bound last, since kernel, parts of it and bias are asked for one after the other. */
export function weightBinder(store: WeightStore): WeightBinder {
  let last: { readonly node: LinearNode; readonly bound: BoundWeights<Float32Array> } | null = null;
  return {
    store,
    linear(node, inputShape) {
      if (last?.node !== node) last = { node, bound: boundFloat32(node, inputShape, store) };
      return last.bound;
    },
  };
}
