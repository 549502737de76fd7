import { type Timing, timing } from "../../bench/timing.ts";
import { compareTensors } from "../../reference/compare.ts";
import { duration } from "../../text/duration.ts";

/** The output of one side, and the time of each of its rounds. Rounds of the two sides alternated. */
export interface TimedRun {
  readonly title: string;
  readonly output: ArrayLike<number>;
  readonly milliseconds: readonly number[];
}

export interface RunComparison {
  readonly sides: readonly (Timing & { readonly title: string })[];
  /** The median of the second side divided by that of the first. */
  readonly ratio: number;
  /** The largest difference of two values: absolute, and relative to the largest value of the first side. */
  readonly difference: { readonly absolute: number; readonly relative: number };
  /** The difference in words, or null if both outputs are equal except for rounding. */
  readonly disagreement: string | null;
  /** The result in one sentence. */
  readonly sentence: string;
}

/** Float32 sums in a different order differ by less than this bound, even over a hundred layers. */
const SAME = { relative: 1e-3, absolute: 1e-6 };

/** Compares the times and the outputs of two sides. */
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
