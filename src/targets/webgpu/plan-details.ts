/** What can be asked of a plan: what devices refuse, its kernels' texts, when values live and how they are stored. A door of this folder. */
export { checkLimits, limitExcesses, type LimitExcess } from "./check/check-limits.ts";
export { extraKernels, extraPrograms } from "./emit/extra-programs.ts";
export { nameKernels } from "./emit/name-kernels.ts";
export { lifetimesOf } from "./memory/lifetimes.ts";
export { halfValues } from "./schedule/half-values.ts";
