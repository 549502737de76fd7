import type { ShapedGraph } from "../../ir/graph.ts";
import { elementsOf, formatShape, mapOf } from "../../ir/shape.ts";
import { randomSource } from "../../weights/random.ts";
import { CliError, exitCode } from "../cli-error.ts";
import { readBytes } from "./load-weights.ts";
import { importPeer } from "../optional-peer.ts";

/**
 * How an image of another shape is brought to the input's: `cover` scales until both sides are covered and cuts the middle out,
 * `fill` stretches, `contain` scales until it is inside and leaves black bars.
 */
export const fits = ["cover", "fill", "contain"] as const;
export type Fit = (typeof fits)[number];

/** A raw tensor: little-endian float32, NHWC, as the network sees it (already normalised). */
export function readTensor(path: string, graph: ShapedGraph): Float32Array {
  const bytes = readBytes(path);
  const { shape } = graph.input;
  const expected = elementsOf(shape);
  if (bytes.length !== expected * 4) {
    throw new CliError(
      `${path} has ${bytes.length} bytes, and the input ${formatShape(shape)} of "${graph.name}" takes ${expected * 4} (${expected} float32 numbers)`,
      { exitCode: exitCode.findings },
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: expected }, (_, i) => view.getFloat32(i * 4, true));
}

/** An image file, decoded, turned upright, brought to the input's size, and normalised as the spec says. */
export async function readImage(path: string, graph: ShapedGraph, fit: Fit): Promise<Float32Array> {
  const { h, w, c } = mapOf(graph.input.shape);
  if (c !== 1 && c !== 3) {
    throw new CliError(`"${graph.name}" reads ${c} channels, and an image has 3, or 1 as grey`, {
      hint: "Give a raw tensor with --input FILE.f32.",
    });
  }
  const bytes = readBytes(path);
  const { default: sharp } = await importPeer("sharp", "Reading images", () => import("sharp"));
  try {
    const image = sharp(bytes)
      .rotate()
      .flatten({ background: "white" })
      .resize(w, h, { fit, kernel: "cubic", background: "black" })
      .toColourspace(c === 1 ? "b-w" : "srgb");
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
    if (info.width !== w || info.height !== h || info.channels !== c) {
      throw new Error(`it became ${info.height}x${info.width}x${info.channels}`);
    }
    return normalizePixels(data, graph);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(`Cannot read the image ${path}: ${reason}`, { exitCode: exitCode.findings });
  }
}

/** Pixels 0 to 255 as the network sees them: (x - mean) / std per channel, or as they are. */
function normalizePixels(pixels: Uint8Array, graph: ShapedGraph): Float32Array {
  const { normalization, shape } = graph.input;
  const channels = shape.at(-1) ?? 1;
  const at = (values: readonly number[], channel: number, otherwise: number) =>
    values[values.length === 1 ? 0 : channel] ?? otherwise;
  return Float32Array.from(pixels, (pixel, i) =>
    normalization === null
      ? pixel
      : (pixel - at(normalization.mean, i % channels, 0)) / at(normalization.std, i % channels, 1),
  );
}

/** An input of random pixels; the same seed gives the same image. */
export function randomInput(graph: ShapedGraph, seed: number): Float32Array {
  const { uniform } = randomSource(seed, "input");
  const pixels = Uint8Array.from({ length: elementsOf(graph.input.shape) }, () => Math.floor(uniform() * 256));
  // Without a normalisation the spec says nothing of the range; small numbers keep activations sane.
  if (graph.input.normalization === null) return Float32Array.from(pixels, (pixel) => pixel / 127.5 - 1);
  return normalizePixels(pixels, graph);
}
