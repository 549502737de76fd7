const SERIES_TO = 2;
const FRACTION_DEPTH = 64;

/**
 * The complementary error function to within 1e-15. Below 2 from the series of positive terms
 * erf(x) = 2 / sqrt(pi) * exp(-x^2) * sum of 2^n x^(2n+1) / (1 * 3 * ... * (2n + 1)), NIST DLMF 7.6.2; above from the
 * continued fraction sqrt(pi) exp(x^2) erfc(x) = 1 / (x + (1/2) / (x + 1 / (x + (3/2) / (x + ...)))), DLMF 7.9.1.
 */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  return x < SERIES_TO ? 1 - erfSeries(x) : erfcFraction(x);
}

/** The error function to within 1e-15; see {@link erfc}. */
export function erf(x: number): number {
  if (x < 0) return -erf(-x);
  return x < SERIES_TO ? erfSeries(x) : 1 - erfcFraction(x);
}

function erfSeries(x: number): number {
  const square = x * x;
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * square) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-square) * sum;
}

/**
 * The fraction is evaluated from its innermost level. From 2 on, 64 levels give an error below 1e-15. NaN gives NaN.
 */
function erfcFraction(x: number): number {
  let tail = x;
  for (let k = FRACTION_DEPTH; k >= 1; k--) tail = x + k / 2 / tail;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * tail);
}
