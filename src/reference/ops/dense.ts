import { boundWeights } from "../../weights/bind.ts";
import { activate } from "../activations.ts";
import { onlyInput, type Kernel } from "../kernel.ts";
import { multiplyAdd } from "./conv.ts";

/** out[u] = bias[u] + sum over i of in[i] * kernel[i, u] */
export const dense: Kernel<"dense"> = (node, inputs, weights) => {
  const source = onlyInput(inputs);
  const { kernel, bias } = boundWeights(node, source.shape, weights);
  const result = new Float64Array(node.units);
  if (bias !== null) result.set(bias);
  multiplyAdd(source.data, 0, source.data.length, kernel, 0, node.units, result, 0, node.units);
  return node.activation === null ? result : activate(node.activation, result, node.units);
};
