import { onlyInput, type Kernel } from "../kernel.ts";

/** One pixel's channels are a vector. */
export const squeeze: Kernel<"squeeze"> = (_node, inputs) => onlyInput(inputs).data;
