import { sampleDigits } from "../../../generated/sample-digits.ts";

/**
 * Returns a handwritten digit that was not used in training: 28 x 28 values, row by row, from 0 (paper) to 1 (ink).
 */
export function sampleDigit(label: number): Float32Array {
  const text = sampleDigits[label];
  if (text === undefined) throw new Error(`internal: there is no sample of ${label}`);
  return Float32Array.from(atob(text), (byte) => byte.charCodeAt(0) / 255);
}
