/**
 * Formats a number with at most the given significant digits and without trailing zeros: `0.1` for 0.1000000015 with 6
 * digits.
 */
export function rounded(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}
