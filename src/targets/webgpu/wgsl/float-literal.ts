/** Writes a number as WGSL reads it; one beyond float32 becomes float32's largest, since WGSL refuses what does not fit. */
export function floatLiteral(value: number): string {
  const largest = 3.4028234663852886e38;
  const text = String(Math.max(-largest, Math.min(largest, value)));
  return /[.e]/.test(text) ? text : `${text}.0`;
}
