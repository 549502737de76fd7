import { mapOf } from "../../ir/shape.ts";
import { onlyInput, type Kernel } from "../kernel.ts";

/** The maximum or mean of each channel over the whole map. */
export const globalPool: Kernel<"global_pool"> = (node, inputs) => {
  const { shape, data } = onlyInput(inputs);
  const { h, w, c } = mapOf(shape);
  const result = new Float64Array(c).fill(node.mode === "avg" ? 0 : -Infinity);
  for (let pixel = 0; pixel < data.length; pixel += c) {
    for (let channel = 0; channel < c; channel++) {
      const value = data[pixel + channel]!;
      result[channel] = node.mode === "avg" ? result[channel]! + value : Math.max(result[channel]!, value);
    }
  }
  return node.mode === "avg" ? result.map((sum) => sum / (h * w)) : result;
};
