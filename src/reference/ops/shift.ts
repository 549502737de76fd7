import { channelsOf } from "../../ir/shape.ts";
import { channelAmounts } from "../../weights/bind.ts";
import { onlyInput, type Kernel } from "../kernel.ts";

/** Adds an amount to each channel. */
export const shift: Kernel<"shift"> = (node, inputs, weights) => {
  const channels = channelsOf(node.shape);
  const amounts = channelAmounts(node, weights);
  return onlyInput(inputs).data.map((value, i) => value + amounts[i % channels]!);
};
