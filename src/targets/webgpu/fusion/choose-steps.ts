import type { ShapedGraph } from "../../../ir/graph.ts";
import type { Estimate } from "../cost/estimate.ts";
import type { KernelContext, WeighedOption } from "../kernels/kernel-option.ts";
import { valueBytes, type Schedule, type Step } from "../schedule/schedule.ts";
import { TuningError } from "../files/tuning-error.ts";
import type { TunedChoice } from "../files/tuning-record.ts";
import type { KernelProgram } from "../wgsl/kernel-program.ts";
import { candidateAlone, candidatesFused, type Candidate, type Search } from "./candidates.ts";
import { chainOf } from "./chain.ts";
import type { FusionPass } from "./fusion-pass.ts";

/** A step with the program that computes it, and what spoke for both. */
export interface ChosenStep {
  readonly step: Step;
  readonly program: KernelProgram;
  readonly variant: string;
  readonly estimate: Estimate;
  /** Seconds that it took when the plan was tuned; null where the estimate chose. */
  readonly measured: number | null;
  /** Null for a step that stands for itself. */
  readonly fusion: {
    readonly pass: string;
    readonly parts: number;
    /** What they would take apart, at their best. */
    readonly apart: number;
    /** Bytes of values that are never in memory. */
    readonly bytesSpared: number;
  } | null;
  /** Concats that take no dispatch because this step is the last of those that write their parts in place. */
  readonly completes: readonly ChosenStep[];
  /** Fused steps that could begin here and were not taken. */
  readonly rejected: readonly { readonly pass: string; readonly seconds: number; readonly apart: number }[];
}

/** Which fused steps to take: where the estimate says that they pay, wherever they are possible, nowhere. */
export type FusionMode = "cheapest" | "always" | "never";

/** A candidate with one of its programs. */
interface Move extends WeighedOption {
  readonly candidate: Candidate;
  readonly measured: number | null;
}

/**
 * Chooses a program for each step, and which neighbours become one: of all ways to cut the steps into single and fused ones,
 * the way that takes least by the estimates. Steps are a line, so the best way from each on follows from those behind it.
 * What was measured stands (`tuned`), and estimates choose around it. Throws {@link TuningError} for a choice that is none.
 */
export function chooseSteps(
  graph: ShapedGraph,
  schedule: Schedule,
  passes: readonly FusionPass[],
  context: KernelContext,
  mode: FusionMode,
  tuned: readonly TunedChoice[] = [],
): readonly ChosenStep[] {
  const { steps } = schedule;
  const search: Search = { schedule, chain: chainOf(graph, schedule), passes, context };
  const fixed = new Map(tuned.map((choice) => [choice.step, choice]));
  /** A candidate may not reach over the first step of a choice. */
  const crosses = (at: number, length: number) => tuned.some(({ step }) => step > at && step < at + length);
  const single = steps.map((_step, at) => cheapest(candidateAlone(search, at)));
  const cost = new Array<number>(steps.length + 1).fill(0);
  const taken: Move[] = [];
  const possible: (readonly Move[])[] = [];
  for (let at = steps.length - 1; at >= 0; at--) {
    const alone = single[at];
    if (alone === undefined) continue;
    const fused = mode === "never" ? [] : candidatesFused(search, at).map(cheapest);
    const total = ({ estimate, candidate: { length, pass } }: Move) =>
      (mode === "always" && pass !== null ? 0 : estimate.seconds) + (cost[at + length] ?? 0);
    const choice = fixed.get(at);
    const free = fused.filter(({ candidate }) => !crosses(at, candidate.length));
    const best =
      choice === undefined
        ? free.reduce((least, next) => (total(next) < total(least) ? next : least), alone)
        : moveOf(choice, [alone, ...free]);
    cost[at] = total(best);
    taken[at] = best;
    possible[at] = fused;
  }
  const apart = (at: number, length: number) =>
    single.slice(at, at + length).reduce((sum, { estimate }) => sum + estimate.seconds, 0);
  const chosen: ChosenStep[] = [];
  for (let at = 0; at < steps.length;) {
    const move = taken[at];
    if (move === undefined) throw new Error(`internal: step ${at} is not covered`);
    const { option, estimate, measured } = move;
    const { step, length, pass } = move.candidate;
    const inner = steps.slice(at, at + length - 1).flatMap(({ output }) => schedule.values[output] ?? []);
    const bytesSpared = inner.reduce((sum, value) => sum + valueBytes(value), 0);
    const others = (possible[at] ?? []).filter(({ candidate }) => candidate.pass !== pass);
    chosen.push({
      step,
      program: option.build(),
      variant: option.variant,
      estimate,
      measured,
      fusion: pass === null ? null : { pass, parts: length, apart: apart(at, length), bytesSpared },
      completes: [],
      rejected: others.map((other) => ({
        pass: other.candidate.pass ?? "",
        seconds: other.estimate.seconds,
        apart: apart(at, other.candidate.length),
      })),
    });
    at += length;
  }
  const used = chosen.filter(({ measured }) => measured !== null).length;
  if (used < tuned.length) {
    throw new TuningError(`The tuning record has ${tuned.length} choices, of which ${used} can stand side by side.`);
  }
  return chosen;
}

function cheapest(candidate: Candidate): Move {
  return { candidate, ...candidate.options[0], measured: null };
}

function moveOf({ step, fusion, variant, microseconds }: TunedChoice, moves: readonly Move[]): Move {
  const candidate = moves.find((move) => move.candidate.pass === fusion)?.candidate;
  const weighed = candidate?.options.find(({ option }) => option.variant === variant);
  if (candidate === undefined || weighed === undefined) {
    const what = [fusion ?? "no fusion", ...(variant === "" ? [] : [variant])].join(", ");
    throw new TuningError(
      `Step ${step} of the tuning record is computed by "${what}", which this mnet does not offer there.`,
    );
  }
  return { candidate, ...weighed, measured: microseconds / 1e6 };
}
