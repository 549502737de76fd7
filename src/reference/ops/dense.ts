import { channelsOf, elementsOf } from "../../ir/shape.ts";
import { boundWeights } from "../../weights/bind.ts";
import { activate } from "../activations.ts";
import { onlyInput, type Kernel } from "../kernel.ts";
import { multiplyAdd } from "./conv.ts";

/** out[u] = bias[u] + sum over i of in[i] * kernel[i, u], at each position */
export const dense: Kernel<"dense"> = (node, inputs, weights) => {
  const source = onlyInput(inputs);
  const { kernel, bias } = boundWeights(node, source.shape, weights);
  const length = channelsOf(source.shape);
  const result = new Float64Array(elementsOf(node.shape));
  for (let at = 0; at * length < source.data.length; at++) {
    if (bias !== null) result.set(bias, at * node.units);
    multiplyAdd(source.data, at * length, length, kernel, 0, node.units, result, at * node.units, node.units);
  }
  return node.activation === null ? result : activate(node.activation, result, node.units);
};
