import { channelsOf } from "../../ir/shape.ts";
import { tensorData } from "../../weights/read-tensor.ts";
import { onlyInput, type Kernel } from "../kernel.ts";

/** Each channel by its length over the pixels, as a share of the mean length; see the op for the formula. */
export const responseNorm: Kernel<"response_norm"> = (node, inputs, weights) => {
  const { data } = onlyInput(inputs);
  const channels = channelsOf(node.shape);
  const vector = (slot: string) => tensorData(weights, `${node.path}/${slot}`, [channels]);
  const [gamma, beta] = [vector("gamma"), vector("beta")];
  const lengths = new Float64Array(channels);
  for (let i = 0; i < data.length; i++) lengths[i % channels]! += data[i]! ** 2;
  for (let c = 0; c < channels; c++) lengths[c] = Math.sqrt(lengths[c]!);
  const mean = lengths.reduce((sum, length) => sum + length, 0) / channels;
  return data.map((value, i) => {
    const c = i % channels;
    return value + gamma[c]! * value * (lengths[c]! / (mean + node.eps)) + beta[c]!;
  });
};
