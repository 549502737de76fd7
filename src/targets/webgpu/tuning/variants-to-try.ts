import type { ShapedGraph } from "../../../ir/graph.ts";
import { deviceFacts } from "../cost/device-class.ts";
import { candidateAlone, candidatesFused, fits, type Candidate, type Search } from "../fusion/candidates.ts";
import { chainOf } from "../fusion/chain.ts";
import { chooseSteps, type ChosenStep } from "../fusion/choose-steps.ts";
import { fusionPasses } from "../fusion/passes.ts";
import { readsOf, valueBytes, type Schedule, type Step, type ValueId } from "../schedule/schedule.ts";
import type { TuningTarget } from "./check-tuning.ts";
import { scheduleGraph } from "../schedule/schedule-graph.ts";
import { layoutOf } from "../schedule/step-layout.ts";
import { bindingBytes } from "../wgsl/binding.ts";
import type { KernelProgram } from "../wgsl/kernel-program.ts";

/**
 * A way is not tried if the cost model holds it to be over so many times as slow as the best way to compute the same steps. The
 * model's devices are orders of magnitude, so it errs by factors; it seldom errs by more than this between two programs of a step.
 */
const FAR = 2.5;
/** The most programs that are tried for each step, fused or not. The time of a small program is that of its launch, so more variants of it tell nothing. */
const MOST = 6;

/** A program that could compute a step, or several as one. */
export interface Variant {
  /** Index of the first step, before fusion. */
  readonly step: number;
  /** How many steps it stands for. */
  readonly length: number;
  readonly fusion: string | null;
  readonly variant: string;
  readonly layers: readonly string[];
  /** Seconds, by the cost model. */
  readonly estimate: number;
  /** Whether the cost model would take it. */
  readonly planned: boolean;
  readonly program: KernelProgram;
  /** Bytes of what it binds, in order: the values read, the weights, the output. */
  readonly bindings: readonly number[];
}

export interface VariantsToTry {
  /** Steps of the schedule before fusion. */
  readonly steps: number;
  /** First those that the cost model would take, then the likeliest. */
  readonly variants: readonly Variant[];
}

/** Lists all ways to compute the steps of a network that the cost model does not hold to be far slower than the best. */
export function variantsToTry(graph: ShapedGraph, { limits, device, precision }: TuningTarget): VariantsToTry {
  const plain = scheduleGraph(graph, limits.maxStorageBuffersPerShaderStage, precision);
  const context = { limits, facts: deviceFacts[device] };
  const search: Search = { schedule: plain, chain: chainOf(graph, plain), passes: fusionPasses, context };
  const planned = plannedWays(chooseSteps(graph, plain, { passes: fusionPasses, context, mode: "cheapest" }));
  const single = plain.steps.map((_step, at) => candidateAlone(search, at));
  const ranked = single.flatMap((alone, at) =>
    [alone, ...candidatesFused(search, at)].flatMap((candidate) => {
      const { step, length, pass, options } = candidate;
      const reference = Math.min(secondsOf(candidate), sum(single.slice(at, at + length).map(secondsOf)));
      return options
        .filter(({ option, estimate }) => fits(step, option, limits) && estimate.seconds <= FAR * reference)
        .slice(0, MOST)
        .map(({ option, estimate }) => {
          const program = option.build(layoutOf(step, plain));
          const variant: Variant = {
            step: at,
            length,
            fusion: pass,
            variant: option.variant,
            layers: step.covers.map(({ path }) => path),
            estimate: estimate.seconds,
            planned: planned.has(wayName(at, pass, option.variant)),
            program,
            bindings: bindingsOf(step, program, plain),
          };
          return { variant, rank: variant.planned ? 0 : estimate.seconds / reference };
        });
    }),
  );
  const variants = ranked.toSorted((a, b) => a.rank - b.rank).map(({ variant }) => variant);
  return { steps: plain.steps.length, variants };
}

/** Counts the bytes of each binding of a program, in order. */
function bindingsOf(step: Step, { weights }: KernelProgram, { values }: Schedule): readonly number[] {
  const bytesOf = (ids: readonly ValueId[]) => ids.flatMap((id) => values[id] ?? []).map(valueBytes);
  return [...bytesOf(readsOf(step)), ...weights.map(bindingBytes), ...bytesOf([step.output])];
}

const wayName = (step: number, fusion: string | null, variant: string) => `${step}/${fusion ?? ""}/${variant}`;

function plannedWays(chosen: readonly ChosenStep[]): ReadonlySet<string> {
  let at = 0;
  const names = chosen.map(({ fusion, option }) => {
    const name = wayName(at, fusion?.pass ?? null, option.variant);
    at += fusion?.parts ?? 1;
    return name;
  });
  return new Set(names);
}

const secondsOf = ({ options }: Candidate) => options[0].estimate.seconds;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
