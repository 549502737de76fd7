import { channelsOf, elementsOf } from "../../ir/shape.ts";
import type { Kernel } from "../kernel.ts";

/** Element-wise product. A value of one pixel scales the channels of every pixel. */
export const mul: Kernel<"mul"> = (node, inputs) => {
  const channels = channelsOf(node.shape);
  const result = new Float64Array(elementsOf(node.shape)).fill(1);
  for (const { data } of inputs) {
    const step = data.length === result.length ? channels : 0;
    for (let pixel = 0, from = 0; pixel < result.length; pixel += channels, from += step) {
      for (let c = 0; c < channels; c++) result[pixel + c]! *= data[from + c]!;
    }
  }
  return result;
};
