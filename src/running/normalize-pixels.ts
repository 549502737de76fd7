import type { Normalization } from "../ir/graph.ts";

/**
 * Returns pixels as the values that the network reads: (pixel - mean) / std for each channel.
 *
 * @param pixels 0 to 255, with the channels of a pixel next to each other
 * @param normalization null if pixels are not normalised
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
