import type { ShapedGraph } from "../../ir/graph.ts";
import type { PlanBudget } from "./check-budget.ts";
import { deviceFacts, type DeviceClass } from "./cost/device-class.ts";
import { chooseSteps, type ChosenStep, type FusionMode } from "./fusion/choose-steps.ts";
import { fusionPasses } from "./fusion/passes.ts";
import { replaceSteps } from "./fusion/replace-steps.ts";
import { WEBGPU_CORE, type LimitProfile } from "./limits.ts";
import { planMemory, type MemoryPlan } from "./memory/plan-memory.ts";
import { schedule, type Schedule } from "./schedule.ts";
import type { Precision } from "./storage-type.ts";

export interface PlanOptions extends PlanBudget {
  /** What the plan may ask of a device; default: what every device grants. */
  readonly limits?: LimitProfile;
  /** What it is made fast for; default: generic. */
  readonly device?: DeviceClass;
  /** How weights and values between dispatches are stored; default: f32. */
  readonly precision?: Precision;
  /** Default: cheapest. */
  readonly fusion?: FusionMode;
}

export interface NetworkPlan {
  /** After fusion; its steps stand in the order of `chosen`. */
  readonly schedule: Schedule;
  readonly chosen: readonly ChosenStep[];
  readonly memory: MemoryPlan;
  readonly limits: LimitProfile;
  readonly device: DeviceClass;
}

/** From graph to steps and their programs: everything that is decided before there are weights. */
export function planNetwork(graph: ShapedGraph, options: PlanOptions = {}): NetworkPlan {
  const { limits = WEBGPU_CORE, device = "generic", precision = "f32", fusion = "cheapest" } = options;
  const plain = schedule(graph, limits.maxStorageBuffersPerShaderStage, precision);
  const context = { limits, facts: deviceFacts[device] };
  const chosen = chooseSteps(graph, plain, fusionPasses, context, fusion);
  const fused = replaceSteps(
    plain,
    chosen.map(({ step }) => step),
  );
  return { schedule: fused, chosen, memory: planMemory(graph, fused, limits), limits, device };
}
