import type { ShapedGraph } from "../../../ir/graph.ts";
import type { Estimate } from "../cost/estimate.ts";
import { storedOption } from "../cost/stored-option.ts";
import { weighOptions, type KernelContext, type KernelOption } from "../kernels/kernel-option.ts";
import type { LimitProfile } from "../limits.ts";
import { readsOf, valueBytes, type Schedule, type Step } from "../schedule.ts";
import { kernelOptions } from "../kernel-options.ts";
import type { KernelProgram } from "../wgsl/kernel-program.ts";
import { chainOf } from "./chain.ts";
import type { FusionPass } from "./fusion-pass.ts";

/** A step with the program that computes it, and what spoke for both. */
export interface ChosenStep {
  readonly step: Step;
  readonly program: KernelProgram;
  readonly variant: string;
  readonly estimate: Estimate;
  /** Null for a step that stands for itself. */
  readonly fusion: {
    readonly pass: string;
    readonly parts: number;
    /** What they would take apart, at their best. */
    readonly apart: number;
    /** Bytes of values that are never in memory. */
    readonly bytesSpared: number;
  } | null;
  /** Fused steps that could begin here and were not taken. */
  readonly rejected: readonly { readonly pass: string; readonly seconds: number; readonly apart: number }[];
}

/** Which fused steps to take: where the estimate says that they pay, wherever they are possible, nowhere. */
export type FusionMode = "cheapest" | "always" | "never";

interface Candidate {
  readonly step: Step;
  readonly option: KernelOption;
  readonly estimate: Estimate;
  readonly length: number;
  readonly pass: string | null;
}

/**
 * Chooses a program for each step, and which neighbours become one: of all ways to cut the steps into single and fused ones,
 * the way that takes least by the estimates. Steps are a line, so the best way from each on follows from those behind it.
 */
export function chooseSteps(
  graph: ShapedGraph,
  schedule: Schedule,
  passes: readonly FusionPass[],
  context: KernelContext,
  mode: FusionMode,
): readonly ChosenStep[] {
  const { steps } = schedule;
  const chain = chainOf(graph, schedule);
  const single = steps.map((step): Candidate => {
    const best = cheapest(step, schedule, context, false);
    if (best === null) throw new Error(`internal: no kernel computes ${step.work.kind}`);
    return { ...best, length: 1, pass: null };
  });
  const cost = new Array<number>(steps.length + 1).fill(0);
  const taken: Candidate[] = [];
  const possible: (readonly Candidate[])[] = [];
  for (let at = steps.length - 1; at >= 0; at--) {
    const fused =
      mode === "never"
        ? []
        : passes.flatMap((pass): readonly Candidate[] => {
            const found = pass.match(chain, at);
            const best = found === null ? null : cheapest(found.step, schedule, context, true);
            return found === null || best === null ? [] : [{ ...best, length: found.length, pass: pass.name }];
          });
    const total = ({ estimate, length, pass }: Candidate) =>
      (mode === "always" && pass !== null ? 0 : estimate.seconds) + (cost[at + length] ?? 0);
    const alone = single[at];
    if (alone === undefined) continue;
    const best = fused.reduce((least, next) => (total(next) < total(least) ? next : least), alone);
    cost[at] = total(best);
    taken[at] = best;
    possible[at] = fused;
  }
  const apart = (at: number, length: number) =>
    single.slice(at, at + length).reduce((sum, { estimate }) => sum + estimate.seconds, 0);
  const chosen: ChosenStep[] = [];
  for (let at = 0; at < steps.length;) {
    const candidate = taken[at];
    if (candidate === undefined) throw new Error(`internal: step ${at} is not covered`);
    const { step, option, estimate, length, pass } = candidate;
    const inner = single.slice(at, at + length - 1).flatMap((part) => schedule.values[part.step.output] ?? []);
    const bytesSpared = inner.reduce((sum, value) => sum + valueBytes(value), 0);
    const others = (possible[at] ?? []).filter((other) => other !== candidate);
    chosen.push({
      step,
      program: option.build(),
      variant: option.variant,
      estimate,
      fusion: pass === null ? null : { pass, parts: length, apart: apart(at, length), bytesSpared },
      rejected: others.map((other) => ({
        pass: other.pass ?? "",
        seconds: other.estimate.seconds,
        apart: apart(at, other.length),
      })),
    });
    at += length;
  }
  return chosen;
}

/** The cheapest program. A fused step needs none: where a device would refuse them all, its parts stay apart. */
function cheapest(step: Step, schedule: Schedule, context: KernelContext, mayRefuse: boolean) {
  const { facts, limits } = context;
  const options = kernelOptions(step, context).filter(
    (option) => (facts.barriers || option.workgroupBytes === 0) && (!mayRefuse || fits(step, option, limits)),
  );
  const [best] = weighOptions(
    options.map((option) => storedOption(option, step, schedule)),
    facts,
  );
  return best === undefined ? null : { step, ...best };
}

function fits(step: Step, { workgroups, bindings }: KernelOption, limits: LimitProfile): boolean {
  return (
    readsOf(step).length + bindings <= limits.maxStorageBuffersPerShaderStage &&
    Math.max(...workgroups) <= limits.maxComputeWorkgroupsPerDimension
  );
}
