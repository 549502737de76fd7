import { channelsOf } from "../../ir/shape.ts";
import { onlyInput, type Kernel } from "../kernel.ts";

/** Output channel `j * groups + g` is input channel `g * (c / groups) + j`. */
export const shuffle: Kernel<"shuffle"> = (node, inputs) => {
  const { data } = onlyInput(inputs);
  const channels = channelsOf(node.shape);
  const perGroup = channels / node.groups;
  const result = new Float64Array(data.length);
  for (let pixel = 0; pixel < data.length; pixel += channels) {
    for (let g = 0; g < node.groups; g++) {
      for (let j = 0; j < perGroup; j++) result[pixel + j * node.groups + g] = data[pixel + g * perGroup + j]!;
    }
  }
  return result;
};
