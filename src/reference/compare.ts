import { rounded } from "../text/rounded.ts";
/** The allowed difference of two tensors: `relative` times the largest expected magnitude, plus `absolute`. */
export interface ErrorBound {
  readonly relative: number;
  readonly absolute?: number;
}

/** The result of a comparison. */
export interface Comparison {
  readonly agrees: boolean;
  /** Largest absolute difference. Infinite if a value is not finite or the lengths differ. */
  readonly maxError: number;
  /** Flat index of the largest difference, or of the first value that is not finite. Null if there is none. */
  readonly at: number | null;
  /** The absolute difference that was allowed. */
  readonly bound: number;
  /** The largest difference divided by the largest expected magnitude. Use it to choose a tolerance. */
  readonly relativeError: number;
  /** Null if the tensors agree. */
  readonly reason: string | null;
}

/**
 * Compares two tensors element by element. Tensors of unequal length disagree. A NaN or infinity on either side also
 * counts as a disagreement, even if both sides have the same one.
 */
export function compareTensors(expected: ArrayLike<number>, actual: ArrayLike<number>, bound: ErrorBound): Comparison {
  const broken = (at: number | null, reason: string): Comparison => ({
    agrees: false,
    maxError: Infinity,
    at,
    bound: 0,
    relativeError: Infinity,
    reason,
  });
  if (expected.length !== actual.length) {
    return broken(null, `Expected ${expected.length} values, found ${actual.length}.`);
  }
  let magnitude = 0;
  let maxError = 0;
  let at: number | null = null;
  for (let i = 0; i < expected.length; i++) {
    const wanted = expected[i]!;
    const found = actual[i]!;
    if (!Number.isFinite(wanted)) return broken(i, `Element ${i} of the expected values is ${wanted}.`);
    if (!Number.isFinite(found)) return broken(i, `Element ${i} is ${found}, expected ${wanted}.`);
    magnitude = Math.max(magnitude, Math.abs(wanted));
    const error = Math.abs(wanted - found);
    if (error > maxError) {
      maxError = error;
      at = i;
    }
  }
  const allowed = bound.relative * magnitude + (bound.absolute ?? 0);
  // Written so that a bound of NaN counts as a disagreement.
  const agrees = maxError <= allowed;
  const reason =
    agrees || at === null
      ? null
      : `Element ${at} is ${rounded(actual[at]!, 9)}, expected ${rounded(expected[at]!, 9)}: off by ${maxError.toPrecision(3)}, over the bound ${allowed.toPrecision(3)}.`;
  return { agrees, maxError, at, bound: allowed, relativeError: maxError === 0 ? 0 : maxError / magnitude, reason };
}
