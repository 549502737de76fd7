import { elementsOf } from "../../ir/shape.ts";
import type { Kernel } from "../kernel.ts";

/** Element-wise sum. */
export const add: Kernel<"add"> = (node, inputs) => {
  const result = new Float64Array(elementsOf(node.shape));
  for (const { data } of inputs) {
    for (let i = 0; i < result.length; i++) result[i]! += data[i]!;
  }
  return result;
};
