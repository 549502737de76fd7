import { onlyInput, type Kernel } from "../kernel.ts";

/** Nothing is dropped in inference. */
export const dropout: Kernel<"dropout"> = (_node, inputs) => onlyInput(inputs).data;
