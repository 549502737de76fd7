import { channelsOf } from "../../ir/shape.ts";
import { normScaleShift } from "../../weights/bind.ts";
import { onlyInput, type Kernel } from "../kernel.ts";

/** Inference: out = x * scale + shift per channel, from the moving averages. */
export const batchNorm: Kernel<"batch_norm"> = (node, inputs, weights) => {
  const { data } = onlyInput(inputs);
  const { scale, shift } = normScaleShift(node, weights);
  const channels = channelsOf(node.shape);
  const result = new Float64Array(data.length);
  for (let i = 0; i < result.length; i += channels) {
    for (let c = 0; c < channels; c++) result[i + c] = data[i + c]! * scale[c]! + shift[c]!;
  }
  return result;
};
