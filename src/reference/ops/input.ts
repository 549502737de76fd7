import { onlyInput, type Kernel } from "../kernel.ts";

/** Returns the image unchanged. */
export const input: Kernel<"input"> = (_node, inputs) => onlyInput(inputs).data;
