import type { ShapedGraph } from "../../ir/graph.ts";
import type { PlanBudget } from "./check/check-budget.ts";
import { deviceFacts, type DeviceClass } from "./cost/device-class.ts";
import { chooseSteps, type ChosenStep, type FusionMode } from "./fusion/choose-steps.ts";
import { fusionPasses } from "./fusion/passes.ts";
import { replaceSteps } from "./fusion/replace-steps.ts";
import { joinConcats } from "./fusion/join-concats.ts";
import { WEBGPU_CORE, type LimitProfile } from "./schedule/limits.ts";
import { planMemory, type MemoryPlan } from "./memory/plan-memory.ts";
import { schedule, type Schedule } from "./schedule/schedule.ts";
import type { Precision } from "./schedule/storage-type.ts";
import { checkTuning } from "./tuning/check-tuning.ts";
import type { TuningRecord } from "./files/tuning-record.ts";

export interface PlanOptions extends PlanBudget {
  /** What the plan may ask of a device; default: what every device grants. */
  readonly limits?: LimitProfile;
  /** What it is made fast for; default: what the tuning record is for, else generic. */
  readonly device?: DeviceClass;
  /** How weights and values between dispatches are stored; default: what the tuning record is for, else f32. */
  readonly precision?: Precision;
  /** Default: cheapest. With `never`, concats copy, too. */
  readonly fusion?: FusionMode;
  /** What was measured on a device; its choices stand, and the cost model chooses what it leaves open. */
  readonly tuning?: TuningRecord;
}

export interface NetworkPlan {
  /** After fusion, and without concats that need no copy; its steps stand in the order of `chosen`. */
  readonly schedule: Schedule;
  readonly chosen: readonly ChosenStep[];
  readonly memory: MemoryPlan;
  readonly limits: LimitProfile;
  readonly device: DeviceClass;
}

/**
 * From graph to steps and their programs: everything that is decided before there are weights. Throws `TuningError` for a
 * tuning record that was made for something else.
 */
export function planNetwork(graph: ShapedGraph, options: PlanOptions = {}): NetworkPlan {
  const { limits = WEBGPU_CORE, tuning, fusion = "cheapest" } = options;
  const { device = tuning?.device ?? "generic", precision = tuning?.precision ?? "f32" } = options;
  if (tuning !== undefined) checkTuning(graph, tuning, { limits, device, precision });
  const plain = schedule(graph, limits.maxStorageBuffersPerShaderStage, precision);
  const context = { limits, facts: deviceFacts[device] };
  const chosen = chooseSteps(graph, plain, {
    passes: fusionPasses,
    context,
    mode: fusion,
    tuned: tuning?.choices ?? [],
  });
  const fused = replaceSteps(
    plain,
    chosen.map(({ step }) => step),
  );
  const joined = fusion === "never" ? { schedule: fused, chosen } : joinConcats(graph, fused, chosen);
  return { ...joined, memory: planMemory(graph, joined.schedule, limits), limits, device };
}
