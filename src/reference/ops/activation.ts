import { channelsOf } from "../../ir/shape.ts";
import { activate } from "../activations.ts";
import { onlyInput, type Kernel } from "../kernel.ts";

export const activation: Kernel<"activation"> = (node, inputs) =>
  activate(node.activation, onlyInput(inputs).data, channelsOf(node.shape));
