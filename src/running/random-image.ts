import type { ShapedGraph } from "../ir/graph.ts";
import { elementsOf } from "../ir/shape.ts";
import { randomSource } from "../weights/random.ts";
import { normalizePixels } from "./normalize-pixels.ts";

/** Returns an image of random pixels, as the values that the network reads. The same seed gives the same image. */
export function randomImage(graph: ShapedGraph, seed: number): Float32Array {
  const { shape, normalization } = graph.input;
  const { uniform } = randomSource(seed, "input");
  const pixels = Uint8Array.from({ length: elementsOf(shape) }, () => Math.floor(uniform() * 256));
  // A spec without a normalisation does not state the range of pixels. Small numbers keep activations small.
  if (normalization === null) return Float32Array.from(pixels, (pixel) => pixel / 127.5 - 1);
  return normalizePixels(pixels, shape.at(-1) ?? 1, normalization);
}
