import { onlyInput, type Kernel } from "../kernel.ts";

/** The image as the caller gave it. */
export const input: Kernel<"input"> = (_node, inputs) => onlyInput(inputs).data;
