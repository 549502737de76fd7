import { channelsOf, elementsOf } from "../../ir/shape.ts";
import { onlyInput, type Kernel } from "../kernel.ts";

/** Channels `from <= i < to` of every pixel. */
export const slice: Kernel<"slice"> = (node, inputs) => {
  const { shape, data } = onlyInput(inputs);
  const channels = channelsOf(shape);
  const kept = node.to - node.from;
  const result = new Float64Array(elementsOf(node.shape));
  for (let pixel = 0; pixel * kept < result.length; pixel++) {
    const start = pixel * channels;
    result.set(data.subarray(start + node.from, start + node.to), pixel * kept);
  }
  return result;
};
