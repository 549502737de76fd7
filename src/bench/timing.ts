/** The times of several runs. */
export interface Timing {
  /** Milliseconds. */
  readonly median: number;
  readonly fastest: number;
  readonly runs: number;
}

/** Returns the middle of an odd number of values, else the mean of the two in the middle. One disturbed run does not move it. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  const lower = sorted[Math.ceil(middle) - 1] ?? NaN;
  return (lower + upper) / 2;
}

/** Sums up the times of runs, in milliseconds. */
export function timing(milliseconds: readonly number[]): Timing {
  return { median: median(milliseconds), fastest: Math.min(...milliseconds), runs: milliseconds.length };
}
