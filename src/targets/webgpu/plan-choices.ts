/** What a plan can be asked for: a budget, a class of device, how far ops are fused, limits and a precision. A door of this folder. */
export type { PlanBudget } from "./check/check-budget.ts";
export type { DeviceClass } from "./cost/device-class.ts";
export type { FusionMode } from "./fusion/choose-steps.ts";
export { WEBGPU_CORE, type LimitProfile } from "./schedule/limits.ts";
export { limitsNamed, limitsNames, type LimitsName } from "./schedule/named-limits.ts";
export type { Precision } from "./schedule/storage-type.ts";
