import { elementsOf, formatShape, sameShape, type Shape } from "../ir/shape.ts";
import type { WeightStore } from "../formats/tensor.ts";
import { WeightError } from "../formats/weight-error.ts";

/** Returns the values of the named tensor. Throws {@link WeightError} if it is missing or has another shape. */
export function tensorData(store: WeightStore, name: string, shape: Shape): Float32Array {
  const expected = `a ${formatShape(shape)} tensor`;
  const tensor = store.get(name);
  if (tensor === undefined) throw new WeightError(name, expected, "none");
  if (!sameShape(tensor.shape, shape)) throw new WeightError(name, expected, `a ${formatShape(tensor.shape)} tensor`);
  if (tensor.data.length !== elementsOf(shape)) {
    throw new WeightError(name, `${elementsOf(shape)} values`, `${tensor.data.length}`);
  }
  return tensor.data;
}
