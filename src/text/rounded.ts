/** Writes a number with so many significant digits at most, and without zeros at the end: `0.1` for 0.1000000015 with 6. */
export function rounded(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}
