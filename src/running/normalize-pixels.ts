import type { Normalization } from "../ir/graph.ts";

/**
 * Turns pixels into values as a network sees them: (pixel - mean) / std, by channel.
 *
 * @param pixels 0 to 255, one channel after the other
 * @param normalization null where pixels enter as they are
 */
export function normalizePixels(
  pixels: ArrayLike<number>,
  channels: number,
  normalization: Normalization | null,
): Float32Array {
  if (normalization === null) return Float32Array.from(pixels);
  const at = (values: readonly number[], channel: number) => values[values.length === 1 ? 0 : channel] ?? NaN;
  const { mean, std } = normalization;
  return Float32Array.from(pixels, (pixel, i) => (pixel - at(mean, i % channels)) / at(std, i % channels));
}
