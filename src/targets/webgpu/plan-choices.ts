/** What a plan can be asked for: classes of device, precisions, profiles of limits, budgets. A door of this folder. */
export type { PlanBudget } from "./check/check-budget.ts";
export { deviceClasses, type DeviceClass } from "./cost/device-class.ts";
export { WEBGPU_CORE, type LimitProfile } from "./schedule/limits.ts";
export { limitsNamed, limitsNames, type LimitsName } from "./schedule/named-limits.ts";
export { precisions, type Precision } from "./schedule/storage-type.ts";
