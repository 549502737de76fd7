import { channelsOf, elementsOf } from "../../ir/shape.ts";
import type { Kernel } from "../kernel.ts";

/** Concatenates the channels in the order of the inputs. */
export const concat: Kernel<"concat"> = (node, inputs) => {
  const channels = channelsOf(node.shape);
  const result = new Float64Array(elementsOf(node.shape));
  let offset = 0;
  for (const { shape, data } of inputs) {
    const own = channelsOf(shape);
    for (let from = 0, to = offset; from < data.length; from += own, to += channels) {
      result.set(data.subarray(from, from + own), to);
    }
    offset += own;
  }
  return result;
};
