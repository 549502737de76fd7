import { normalizePixels } from "../../running/normalize-pixels.ts";
import type { RunBuild } from "../compiler/run-host.ts";

/** Grey by Rec. 601, as the built programs compute it for pictures. */
const GREY = [0.299, 0.587, 0.114, 0];
const CHANNELS: Readonly<Record<number, readonly (readonly number[])[]>> = {
  1: [GREY],
  3: [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
  ],
  4: [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ],
};

/** Returns true if a picture can have as many channels as the network reads. */
export function readsPictures({ c }: RunBuild["input"]): boolean {
  return CHANNELS[c] !== undefined;
}

/**
 * Converts a picture of the input's size to the normalised values that the network reads.
 *
 * @param rgba pixels 0 to 255, row by row
 * @returns h x w x c values
 * @throws if the network does not read pictures
 */
export function valuesOfPicture(rgba: ArrayLike<number>, build: RunBuild): Float32Array {
  const { h, w, c } = build.input;
  const rows = CHANNELS[c];
  if (rows === undefined) throw new Error(`"${build.network}" reads ${c} channels, but a picture has 1, 3 or 4.`);
  const pixels = new Float32Array(h * w * c);
  for (let at = 0; at < h * w; at++) {
    rows.forEach((row, channel) => {
      pixels[at * c + channel] = row.reduce((sum, share, part) => sum + share * (rgba[4 * at + part] ?? 0), 0);
    });
  }
  return normalizePixels(pixels, c, build.normalization);
}

/** Returns the part of a picture that remains after the picture is scaled to cover h x w and its middle is cut out. */
export function coverCrop(width: number, height: number, { h, w }: RunBuild["input"]) {
  const scale = Math.min(width / w, height / h);
  return { x: (width - scale * w) / 2, y: (height - scale * h) / 2, width: scale * w, height: scale * h };
}

/** Returns smooth waves from -1 to 1, different in each channel: an input for networks that do not read pictures. */
export function waves({ h, w, c }: RunBuild["input"]): Float32Array {
  return Float32Array.from({ length: h * w * c }, (_unused, i) => {
    const [row, column, channel] = [Math.floor(i / (w * c)), Math.floor(i / c) % w, i % c];
    return Math.sin((7 * row) / h + channel) * Math.cos((5 * column) / w - channel);
  });
}
