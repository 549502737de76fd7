const units = [
  { exponent: 9, suffix: "G" },
  { exponent: 6, suffix: "M" },
  { exponent: 3, suffix: "K" },
] as const;

/** Formats a number with three digits and a suffix of the language: `3.5M`, `864`, `10.8M`. */
export function shortFigure(value: number): string {
  for (const { exponent, suffix } of units) {
    const scaled = value / 10 ** exponent;
    // 999 999 is 1M, not 1000K.
    if (scaled >= 0.9995) return `${Number(scaled.toPrecision(3)).toString()}${suffix}`;
  }
  return String(value);
}
