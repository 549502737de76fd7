import { compareTensors, type ErrorBound } from "../reference/compare.ts";
import type { Plan } from "../targets/webgpu/files/plan-schema.ts";
import type { BenchHost, FirstTime, SteadyTimes } from "./bench-host.ts";
import { type ContenderName, contenderNames } from "./contender-names.ts";
import type { Effort } from "./time-in-turn.ts";
import { timing, type Timing } from "./timing.ts";

/** The times of a contender. */
interface ContenderFigures {
  /** Milliseconds from opening to the first output, in a process that has run nothing. */
  readonly first: number;
  readonly steady: Timing;
  /** The times of this contender over those of mnet: of the first run, and the median. */
  readonly ratio: { readonly first: number; readonly steady: number };
  /** The largest difference from the output of mnet, over the largest value. */
  readonly difference: number;
}

/** The result of one contender. Its times count only where it computes what mnet computes. */
export type ContenderReport =
  | ({ readonly name: ContenderName; readonly status: "ran" } & ContenderFigures)
  | { readonly name: ContenderName; readonly status: "differs" | "skipped"; readonly reason: string };

/**
 * Returns how far the output of a contender may be from that of mnet. Times compare only programs that compute the same. Sums of
 * float32 in another order differ by less than 1e-3, and values of 16 bits between dispatches by less than 5e-2.
 */
export function toleranceOf({ requires }: Plan): ErrorBound {
  return { relative: requires.features.includes("shader-f16") ? 5e-2 : 1e-3, absolute: 1e-6 };
}

/**
 * Times every contender that can run on a host: a first run each, one after the other, then all of them in turn, round after round.
 *
 * @param onStep is told of each step
 * @returns a report for each contender, in the order of {@link contenderNames}
 */
export async function compareContenders(
  host: BenchHost,
  effort: Effort,
  onStep: (text: string) => void,
  tolerance: ErrorBound,
): Promise<readonly ContenderReport[]> {
  const names = contenderNames.filter((name) => host.lacks(name) === null);
  const firsts: FirstTime[] = [];
  for (const name of names) {
    onStep(`first run of ${name}`);
    firsts.push(await host.first(name));
  }
  onStep(`${names.join(", ")} in turn`);
  const steadies = await host.steady(names, effort);
  const runs = names.map((name, index) => runOf(name, firsts[index], steadies[index]));
  const [mnet] = runs;
  return contenderNames.map((name): ContenderReport => {
    const reason = host.lacks(name);
    if (reason !== null) return { name, status: "skipped", reason };
    const run = runs.find((candidate) => candidate.name === name);
    if (run === undefined || mnet === undefined) throw new Error(`internal: ${name} has no times`);
    return reportOf(run, mnet, tolerance);
  });
}

/** What one contender took, and the outputs of its first run and of the rounds. */
interface ContenderRun {
  readonly name: ContenderName;
  readonly first: number;
  readonly steady: Timing;
  readonly outputs: readonly [first: ArrayLike<number>, steady: ArrayLike<number>];
}

function runOf(name: ContenderName, first: FirstTime | undefined, steady: SteadyTimes | undefined): ContenderRun {
  if (first === undefined || steady === undefined) throw new Error(`internal: ${name} has no times`);
  return {
    name,
    first: first.milliseconds,
    steady: timing(steady.milliseconds),
    outputs: [first.output, steady.output],
  };
}

function reportOf(
  { name, first, steady, outputs }: ContenderRun,
  mnet: ContenderRun,
  tolerance: ErrorBound,
): ContenderReport {
  const [, expected] = mnet.outputs;
  for (const output of outputs) {
    const { agrees, reason } = compareTensors(expected, output, tolerance);
    if (!agrees) return { name, status: "differs", reason: reason ?? "" };
  }
  return {
    name,
    status: "ran",
    first,
    steady,
    ratio: { first: first / mnet.first, steady: steady.median / mnet.steady.median },
    difference: compareTensors(expected, outputs[1], tolerance).relativeError,
  };
}
