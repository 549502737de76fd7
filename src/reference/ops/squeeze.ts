import { onlyInput, type Kernel } from "../kernel.ts";

/** Returns the channels of the only pixel as a vector. */
export const squeeze: Kernel<"squeeze"> = (_node, inputs) => onlyInput(inputs).data;
