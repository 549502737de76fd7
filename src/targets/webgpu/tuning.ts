/** What tuning needs: the programs to time, and the record of what they took. A door of this folder. */
export type { TuningTarget } from "./tuning/check-tuning.ts";
export { makeRecord } from "./tuning/make-record.ts";
export { variantsToTry, type Variant } from "./tuning/variants-to-try.ts";
export type { KernelProgram } from "./wgsl/kernel-program.ts";
