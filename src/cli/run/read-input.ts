import type { ShapedGraph } from "../../ir/graph.ts";
import { asMap, elementsOf, formatShape } from "../../ir/shape.ts";
import { importOptional } from "../../machine/import-optional.ts";
import { normalizePixels } from "../../running/normalize-pixels.ts";
import { CliError, exitCode } from "../failure/cli-error.ts";
import { readBytes } from "../disk/read-file.ts";

/**
 * The ways to bring an image to the shape of the input: `cover` scales it until both sides are covered and cuts the middle out,
 * `fill` stretches it, `contain` scales it until it fits and leaves black bars.
 */
export const fits = ["cover", "fill", "contain"] as const;
export type Fit = (typeof fits)[number];

/**
 * Reads a raw tensor: little-endian float32, NHWC, normalised already.
 *
 * @throws CliError where the file cannot be read or has another size
 */
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

/**
 * Reads an image file. The image is turned upright, brought to the size of the input, and normalised as the spec says.
 *
 * @throws CliError where the file cannot be read as an image, or the network does not read images
 */
export async function readImage(path: string, graph: ShapedGraph, fit: Fit): Promise<Float32Array> {
  const map = asMap(graph.input.shape);
  if (map === null) {
    throw new CliError(`"${graph.name}" reads a vector of ${formatShape(graph.input.shape)} numbers, and no image`, {
      hint: "Give a raw tensor with --input FILE.f32.",
    });
  }
  const { h, w, c } = map;
  if (c !== 1 && c !== 3) {
    throw new CliError(`"${graph.name}" reads ${c} channels, and an image has 3, or 1 in grey`, {
      hint: "Give a raw tensor with --input FILE.f32.",
    });
  }
  const bytes = readBytes(path);
  const { default: sharp } = await importOptional("sharp", "Reading images", () => import("sharp"));
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
    return normalizePixels(data, c, graph.input.normalization);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(`Cannot read the image ${path}: ${reason}`, { exitCode: exitCode.findings });
  }
}
