import { onlyInput, type Kernel } from "../kernel.ts";

/** Row-major HWC is already in h, w, c order. */
export const flatten: Kernel<"flatten"> = (_node, inputs) => onlyInput(inputs).data;
