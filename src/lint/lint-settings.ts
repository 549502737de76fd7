import type { LimitProfile } from "../targets/webgpu/plan-choices.ts";
import type { Budgets } from "./budget.ts";
import type { DeviceTarget } from "./device-targets.ts";

/** What the rules hold networks to. A setting that is left out is not checked. */
export interface LintSettings {
  readonly budgets?: Budgets;
  readonly limits?: readonly LimitProfile[];
  readonly targets?: readonly DeviceTarget[];
  /** Number of channels that the hardware works on at once; 4 if left out. */
  readonly lane?: number;
}
