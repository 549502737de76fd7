import type { ShapedGraph } from "../../ir/graph.ts";
import type { PlanBudget } from "./check/check-budget.ts";
import { deviceFacts, type DeviceClass } from "./cost/device-class.ts";
import { chooseSteps, type ChosenStep, type FusionMode } from "./fusion/choose-steps.ts";
import { fusionPasses } from "./fusion/passes.ts";
import { replaceSteps } from "./fusion/replace-steps.ts";
import { joinConcats } from "./fusion/join-concats.ts";
import { WEBGPU_CORE, type LimitProfile } from "./schedule/limits.ts";
import { planMemory, type MemoryPlan } from "./memory/plan-memory.ts";
import type { Schedule } from "./schedule/schedule.ts";
import { scheduleGraph } from "./schedule/schedule-graph.ts";
import type { Precision } from "./schedule/storage-type.ts";
import { checkTuning } from "./tuning/check-tuning.ts";
import type { TuningRecord } from "./files/tuning-record.ts";

/*
 * The map of this folder. Its rooms lean one way, each on those above it, and the linter holds them to this order:
 *
 *   schedule  a graph as values, and steps that become dispatches; limits of devices, types of storage
 *   wgsl      the text of a program: bindings with their loads and stores, activations, epilogues, grids
 *   cost      how long a program takes, by class of device
 *   files     the plan and the tuning record as they lie on disk
 *   kernels   the ways to compute each step, weighed before their text is written
 *   fusion    which neighbouring steps become one, and which concats need no copy
 *   memory    where each value lies, and for how long
 *   tuning    what to time, and what the times say
 *   check     proofs that a plan is legal, and what a device or a budget refuses
 *   emit      the folder that runs: plan.json, kernels, weights
 *
 * Outside code enters by the files beside this one, by `files` and by `runtime`: target (the row in the table of targets),
 * plan-choices (what can be asked for), plan-network, plan-report and plan-details (what was decided), layers-of-row, tuning, emit.
 */

/** What a network is planned for. */
export interface PlanOptions extends PlanBudget {
  /** What the plan may ask of a device. Default: what every device grants. */
  readonly limits?: LimitProfile;
  /** What it is made fast for. Default: what the tuning record is for, else generic. */
  readonly device?: DeviceClass;
  /** How weights and values between dispatches are stored. Default: what the tuning record is for, else f32. */
  readonly precision?: Precision;
  /** Which fused steps to take. Default: cheapest. With `never`, concats copy as well. */
  readonly fusion?: FusionMode;
  /** What was measured on a device. Its choices stand, and the cost model chooses what it leaves open. */
  readonly tuning?: TuningRecord;
}

export interface NetworkPlan {
  /** The steps after fusion, in the order of `chosen`, without concats that need no copy. */
  readonly schedule: Schedule;
  readonly chosen: readonly ChosenStep[];
  readonly memory: MemoryPlan;
  readonly limits: LimitProfile;
  readonly device: DeviceClass;
}

/**
 * Decides everything that needs no weights: the steps of an inference graph, their programs, and where values lie.
 * @throws TuningError for a tuning record that was made for something else
 */
export function planNetwork(graph: ShapedGraph, options: PlanOptions = {}): NetworkPlan {
  const { limits = WEBGPU_CORE, tuning, fusion = "cheapest" } = options;
  const { device = tuning?.device ?? "generic", precision = tuning?.precision ?? "f32" } = options;
  if (tuning !== undefined) checkTuning(graph, tuning, { limits, device, precision });
  const plain = scheduleGraph(graph, limits.maxStorageBuffersPerShaderStage, precision);
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
