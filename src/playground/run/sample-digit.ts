import { sampleDigits } from "../../../generated/sample-digits.ts";

/** A held-out handwritten digit, 28 x 28 row by row, 0 (paper) to 1 (ink). */
export function sampleDigit(label: number): Float32Array {
  const text = sampleDigits[label];
  if (text === undefined) throw new Error(`internal: there is no sample of ${label}`);
  return Float32Array.from(atob(text), (byte) => byte.charCodeAt(0) / 255);
}
