import { weighOptions, type KernelContext, type KernelOption, type WeighedOption } from "../kernels/kernel-option.ts";
import { kernelOptions } from "../kernels/kernel-options.ts";
import type { LimitProfile } from "../schedule/limits.ts";
import { readsOf, type Schedule, type Step } from "../schedule/schedule.ts";
import type { Chain } from "./chain.ts";
import type { FusionPass } from "./fusion-pass.ts";
import { storedCost } from "./stored-cost.ts";

/** One way to go on from a step: that step alone, or several as one. */
export interface Candidate {
  readonly step: Step;
  /** How many steps it stands for. */
  readonly length: number;
  /** The fusion pass that made it, or null for a step that stands for itself. */
  readonly pass: string | null;
  /** The ways to compute it, cheapest first. */
  readonly options: readonly [WeighedOption, ...WeighedOption[]];
}

/** What candidates are made from: the steps before fusion, the ways to fuse them, and what programs are made for. */
export interface Search {
  readonly schedule: Schedule;
  readonly chain: Chain;
  readonly passes: readonly FusionPass[];
  readonly context: KernelContext;
}

/** Returns the step at `at` as a candidate by itself. */
export function candidateAlone(search: Search, at: number): Candidate {
  const step = search.schedule.steps[at];
  if (step === undefined) throw new Error(`internal: there is no step ${at}`);
  const [first, ...rest] = weighOptions(optionsFor(step, search), search.context.facts);
  if (first === undefined) throw new Error(`internal: no kernel computes ${step.work.kind}`);
  return { step, length: 1, pass: null, options: [first, ...rest] };
}

/** Returns all fused steps that begin at `at`. One whose programs a device would all refuse is left out, and its parts stay apart. */
export function candidatesFused(search: Search, at: number): readonly Candidate[] {
  const { chain, passes, context } = search;
  return passes.flatMap((pass): readonly Candidate[] => {
    const found = pass.match(chain, at);
    if (found === null) return [];
    const { step, length } = found;
    const options = optionsFor(step, search).filter((option) => fits(step, option, context.limits));
    const [first, ...rest] = weighOptions(options, context.facts);
    return first === undefined ? [] : [{ step, length, pass: pass.name, options: [first, ...rest] }];
  });
}

function optionsFor(step: Step, { schedule, context }: Search): readonly KernelOption[] {
  return kernelOptions(step, context)
    .filter(({ workgroupBytes }) => context.facts.barriers || workgroupBytes === 0)
    .map((option) => ({ ...option, cost: storedCost(option, step, schedule) }));
}

/** Tells whether a device of these limits takes as many bindings and workgroups. */
export function fits(step: Step, { workgroups, bindings }: KernelOption, limits: LimitProfile): boolean {
  return (
    readsOf(step).length + bindings <= limits.maxStorageBuffersPerShaderStage &&
    Math.max(...workgroups) <= limits.maxComputeWorkgroupsPerDimension
  );
}
