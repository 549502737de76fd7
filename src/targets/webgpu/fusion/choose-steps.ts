import type { ShapedGraph } from "../../../ir/graph.ts";
import type { Estimate } from "../cost/estimate.ts";
import type { KernelContext, KernelOption, WeighedOption } from "../kernels/kernel-option.ts";
import { valueBytes, type Schedule, type Step } from "../schedule/schedule.ts";
import { layoutOf } from "../schedule/step-layout.ts";
import { TuningError } from "../files/tuning-error.ts";
import type { TunedChoice } from "../files/tuning-record.ts";
import type { KernelProgram } from "../wgsl/kernel-program.ts";
import { candidateAlone, candidatesFused, type Candidate, type Search } from "./candidates.ts";
import { chainOf } from "./chain.ts";
import { cheapestCut } from "./cheapest-cut.ts";
import type { FusionPass } from "./fusion-pass.ts";

/** A step with the program that computes it, and the reasons for both. */
export interface ChosenStep {
  readonly step: Step;
  /** The way to compute it, from which its program was written. */
  readonly option: KernelOption;
  readonly program: KernelProgram;
  readonly estimate: Estimate;
  /** Seconds that it took when the plan was tuned; null where the estimate chose. */
  readonly measured: number | null;
  /** Null for a step that stands for itself. */
  readonly fusion: {
    readonly pass: string;
    readonly parts: number;
    /** Seconds that the parts would take as dispatches of their own, at their best. */
    readonly apart: number;
    /** Bytes of values that are never in memory. */
    readonly bytesSpared: number;
  } | null;
  /**
   * Concats that need no dispatch of their own: all their parts are written in place, and this step writes the last
   * one.
   */
  readonly completes: readonly ChosenStep[];
  /** Fused steps that could begin here and were not taken. */
  readonly rejected: readonly { readonly pass: string; readonly seconds: number; readonly apart: number }[];
}

/** Which fused steps to take: those that pay by the estimate, all that are possible, or none. */
export type FusionMode = "cheapest" | "always" | "never";

/** How steps are chosen. */
export interface Choice {
  readonly passes: readonly FusionPass[];
  readonly context: KernelContext;
  readonly mode: FusionMode;
  /** What was measured: it stands, and estimates choose around it. */
  readonly tuned?: readonly TunedChoice[];
}

/** A candidate with one of its programs. */
interface Move extends WeighedOption {
  readonly candidate: Candidate;
  /** How many steps it stands for. */
  readonly length: number;
  readonly measured: number | null;
}

/**
 * Chooses a program for each step, and which neighbours become one: of all ways to cut the steps into single and fused ones,
 * the way that takes least by the estimates. Throws {@link TuningError} for a tuned choice that is none.
 */
export function chooseSteps(
  graph: ShapedGraph,
  schedule: Schedule,
  { passes, context, mode, tuned = [] }: Choice,
): readonly ChosenStep[] {
  const search: Search = { schedule, chain: chainOf(graph, schedule), passes, context };
  const single = schedule.steps.map((_step, at) => cheapest(candidateAlone(search, at)));
  const fused = schedule.steps.map((_step, at) => (mode === "never" ? [] : candidatesFused(search, at).map(cheapest)));
  /** A candidate may not reach over the first step of a tuned choice. */
  const crosses = (at: number, { length }: Move) => tuned.some(({ step }) => step > at && step < at + length);
  const movesAt = (at: number): readonly Move[] => {
    const free = (fused[at] ?? []).filter((move) => !crosses(at, move));
    const moves = [...single.slice(at, at + 1), ...free];
    const choice = tuned.findLast(({ step }) => step === at);
    return choice === undefined ? moves : [moveOf(choice, moves)];
  };
  const costOf = ({ estimate, candidate: { pass } }: Move) =>
    mode === "always" && pass !== null ? 0 : estimate.seconds;
  let at = 0;
  const chosen = cheapestCut(schedule.steps.length, movesAt, costOf).map((move) => {
    const first = at;
    at += move.length;
    return chosenStep(move, schedule, { first, single, fused: fused[first] ?? [] });
  });
  const used = chosen.filter(({ measured }) => measured !== null).length;
  if (used < tuned.length) {
    throw new TuningError(
      `The tuning record has ${tuned.length} choices, and only ${used} of them can stand side by side.`,
    );
  }
  return chosen;
}

/** Where a move begins, and what it was chosen from. */
interface Place {
  readonly first: number;
  /** The best move for each step alone. */
  readonly single: readonly Move[];
  /** The best of each fused candidate that begins here. */
  readonly fused: readonly Move[];
}

function chosenStep(move: Move, schedule: Schedule, { first, single, fused }: Place): ChosenStep {
  const { option, estimate, measured, length } = move;
  const { step, pass } = move.candidate;
  const apart = (count: number) =>
    single.slice(first, first + count).reduce((sum, alone) => sum + alone.estimate.seconds, 0);
  const inner = schedule.steps.slice(first, first + length - 1).flatMap(({ output }) => schedule.values[output] ?? []);
  const bytesSpared = inner.reduce((sum, value) => sum + valueBytes(value), 0);
  return {
    step,
    option,
    program: option.build(layoutOf(step, schedule)),
    estimate,
    measured,
    fusion: pass === null ? null : { pass, parts: length, apart: apart(length), bytesSpared },
    completes: [],
    rejected: fused
      .filter(({ candidate }) => candidate.pass !== pass)
      .map((other) => ({
        pass: other.candidate.pass ?? "",
        seconds: other.estimate.seconds,
        apart: apart(other.length),
      })),
  };
}

function cheapest(candidate: Candidate): Move {
  return { candidate, length: candidate.length, ...candidate.options[0], measured: null };
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
  return { candidate, length: candidate.length, ...weighed, measured: microseconds / 1e6 };
}
