import { type Timing, timing } from "../../bench/timing.ts";
import { compareTensors } from "../../reference/compare.ts";
import { duration } from "../../text/duration.ts";

/** What one side computed and how long it took, round after round, in turn with the other. */
export interface TimedRun {
  readonly title: string;
  readonly output: ArrayLike<number>;
  readonly milliseconds: readonly number[];
}

export interface RunComparison {
  readonly sides: readonly (Timing & { readonly title: string })[];
  /** The second side's median over the first's. */
  readonly ratio: number;
  /** Largest difference of two values, absolute and over the largest value of the first side. */
  readonly difference: { readonly absolute: number; readonly relative: number };
  /** Null where both computed the same but for rounding, else what differs. */
  readonly disagreement: string | null;
  /** The finding in one sentence. */
  readonly sentence: string;
}

/** float32 summed in another order differs by less, over networks of a hundred layers, too. */
const SAME = { relative: 1e-3, absolute: 1e-6 };

export function compareRuns(first: TimedRun, second: TimedRun): RunComparison {
  const [ours, theirs] = [timing(first.milliseconds), timing(second.milliseconds)];
  const ratio = theirs.median / ours.median;
  const { maxError, relativeError, reason } = compareTensors(first.output, second.output, SAME);
  const longer = ratio >= 1 ? ratio : 1 / ratio;
  const sentence = `${second.title} took ${duration(theirs.median)} and ${first.title} ${duration(ours.median)}: ${
    longer < 1.005 ? "the same" : `${longer.toFixed(2)} times as ${ratio >= 1 ? "long" : "fast"}`
  }.`;
  return {
    sides: [
      { title: first.title, ...ours },
      { title: second.title, ...theirs },
    ],
    ratio,
    difference: { absolute: maxError, relative: relativeError },
    disagreement: reason,
    sentence,
  };
}
