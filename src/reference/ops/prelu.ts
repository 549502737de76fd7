import { channelsOf } from "../../ir/shape.ts";
import { channelSlopes } from "../../weights/bind.ts";
import { onlyInput, type Kernel } from "../kernel.ts";

/** Multiplies values below 0 by the slope of their channel. */
export const prelu: Kernel<"prelu"> = (node, inputs, weights) => {
  const channels = channelsOf(node.shape);
  const slopes = channelSlopes(node, weights);
  return onlyInput(inputs).data.map((value, i) => (value < 0 ? value * slopes[i % channels]! : value));
};
