/** Formats a time in milliseconds with three digits: `12.3 ms`, or `12.3 s` from ten seconds on. */
export function duration(milliseconds: number): string {
  if (milliseconds >= 9_999.5) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${milliseconds >= 99.95 ? milliseconds.toFixed(0) : milliseconds.toPrecision(3)} ms`;
}
