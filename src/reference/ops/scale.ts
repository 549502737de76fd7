import { channelsOf } from "../../ir/shape.ts";
import { channelFactors } from "../../weights/bind.ts";
import { onlyInput, type Kernel } from "../kernel.ts";

/** Multiplies each channel by its factor. */
export const scale: Kernel<"scale"> = (node, inputs, weights) => {
  const channels = channelsOf(node.shape);
  const factors = channelFactors(node, weights);
  return onlyInput(inputs).data.map((value, i) => value * factors[i % channels]!);
};
