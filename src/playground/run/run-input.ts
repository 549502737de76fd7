import { builtinPicture } from "./builtin-picture.ts";
import { digitOfStrokes, type Stroke } from "./digit-strokes.ts";
import { PAPER } from "./digit-pad.ts";
import { coverCrop, readsPictures, valuesOfPicture, waves } from "./input-values.ts";
import type { OwnPicture } from "./picture-picker.ts";
import type { RunBuild } from "../compiler/run-host.ts";
import { sampleDigit } from "./sample-digit.ts";

/** The input that a reader chose. */
export type RunInput =
  | { readonly kind: "drawn"; readonly strokes: readonly Stroke[] }
  | { readonly kind: "sample"; readonly label: number }
  | { readonly kind: "picture"; readonly picture: OwnPicture }
  | { readonly kind: "builtin" };

/** An input in the form that one network reads. */
export interface SeenInput {
  readonly values: Float32Array;
  /** The picture to show, or null if there is none. */
  readonly pixels: ImageData | null;
  /** The name of the input in a sentence: `the handwritten 3`. */
  readonly name: string;
}

/**
 * Returns the input of a network, made from the reader's choice. Without a choice, a network with one input channel
 * gets a handwritten digit, and any other network the built-in picture.
 */
export function seenInput(choice: RunInput | null, build: RunBuild): SeenInput {
  const input = choice ?? (build.input.c === 1 ? { kind: "sample", label: 3 } : { kind: "builtin" });
  if (!readsPictures(build.input)) {
    return {
      values: waves(build.input),
      pixels: null,
      name: `waves, because it reads ${build.input.c} channels, which no picture has`,
    };
  }
  const { h, w } = build.input;
  const pixels = fitted(pictureOf(input, h === w ? h : Math.max(h, w)), build.input);
  return { values: valuesOfPicture(pixels.data, build), pixels, name: nameOf(input) };
}

function nameOf(input: RunInput): string {
  switch (input.kind) {
    case "drawn":
      return "the drawn digit";
    case "sample":
      return `the handwritten ${input.label}`;
    case "picture":
      return `"${input.picture.name}"`;
    case "builtin":
      return "the built-in picture";
  }
}

function pictureOf(input: RunInput, side: number): HTMLCanvasElement | ImageBitmap {
  switch (input.kind) {
    case "drawn":
      return greyCanvas(digitOfStrokes(input.strokes, PAPER, side), side);
    case "sample":
      return greyCanvas(sampleDigit(input.label), 28);
    case "picture":
      return input.picture.bitmap;
    case "builtin":
      return builtinPicture();
  }
}

function canvasOf(width: number, height: number) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("This browser has no canvas to draw on.");
  return { canvas, context };
}

function greyCanvas(ink: Float32Array, side: number): HTMLCanvasElement {
  const { canvas, context } = canvasOf(side, side);
  const pixels = context.createImageData(side, side);
  ink.forEach((share, at) => pixels.data.set([255 * share, 255 * share, 255 * share, 255], 4 * at));
  context.putImageData(pixels, 0, 0);
  return canvas;
}

/** Scales a picture so that it covers the input, and cuts out the middle. Transparent parts become white. */
function fitted(picture: HTMLCanvasElement | ImageBitmap, input: RunBuild["input"]): ImageData {
  const { context } = canvasOf(input.w, input.h);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, input.w, input.h);
  context.imageSmoothingQuality = "high";
  const { x, y, width, height } = coverCrop(picture.width, picture.height, input);
  context.drawImage(picture, x, y, width, height, 0, 0, input.w, input.h);
  return context.getImageData(0, 0, input.w, input.h);
}
