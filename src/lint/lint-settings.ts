import type { LimitProfile } from "../targets/webgpu/schedule/limits.ts";
import type { Budgets } from "./budget.ts";
import type { DeviceTarget } from "./device-targets.ts";

/** What networks are held to beside the rules themselves: nothing unless it is asked for. */
export interface LintSettings {
  readonly budgets?: Budgets;
  readonly limits?: readonly LimitProfile[];
  readonly targets?: readonly DeviceTarget[];
  /** Channels that the hardware works on at once. */
  readonly lane?: number;
}
