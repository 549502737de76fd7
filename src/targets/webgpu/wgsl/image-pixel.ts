import type { Normalization, ShapedGraph } from "../../../ir/graph.ts";
import { asMap } from "../../../ir/shape.ts";
import { load, type InputBinding, type TextureBinding } from "./binding.ts";
import { floatLiteral } from "./float-literal.ts";

/** Rec. 601 luma, as in JPEG and in most libraries' conversion to grey. */
const GREY = "vec4<f32>(0.299, 0.587, 0.114, 0.0)";

/** What the channels of an input are of a pixel's red, green, blue and alpha, by their number. */
const channelsOfPixel: Readonly<Record<number, readonly string[]>> = {
  1: [`dot(pixel, ${GREY})`],
  3: ["pixel.r", "pixel.g", "pixel.b"],
  4: ["pixel.r", "pixel.g", "pixel.b", "pixel.a"],
};

/**
 * Returns expressions of the input's channels, as the network sees them, from `pixel`, a `vec4<f32>` of red, green, blue and alpha
 * from 0 to 255. Null where the channels are not those of an image.
 */
export function pixelChannels(channels: number, normalization: Normalization | null): readonly string[] | null {
  const values = channelsOfPixel[channels];
  if (values === undefined || normalization === null) return values ?? null;
  const at = (list: readonly number[], channel: number) => floatLiteral(list[list.length === 1 ? 0 : channel] ?? NaN);
  return values.map(
    (value, channel) => `(${value} - ${at(normalization.mean, channel)}) / ${at(normalization.std, channel)}`,
  );
}

/** The network's input as a texture of its own size, 8 bits a channel, which a kernel reads instead of numbers. */
export interface ImageTexture {
  readonly kind: "image";
  readonly binding: TextureBinding;
  /** Declares `image_pixel(x, y)`, which returns the input's channels at one place as a vector, with zeros after the last. */
  readonly declaration: string;
}

/** What a conv reads: the numbers of a value, or the pixels of a texture. */
export type ConvSource = InputBinding | ImageTexture;

/** Returns what a program binds for a source. */
export function sourceBinding(source: ConvSource): InputBinding | TextureBinding {
  return source.kind === "image" ? source.binding : source;
}

/** Returns the functions that a program declares for a source. */
export function sourceFunctions(source: ConvSource): readonly string[] {
  return source.kind === "image" ? [source.declaration] : [];
}

/** Returns the network's input as a texture; null where its channels are not those of an image. */
export function imageTexture({ input: { shape, normalization } }: ShapedGraph): ImageTexture | null {
  const map = asMap(shape);
  if (map === null) return null;
  const { h, w, c } = map;
  const channels = pixelChannels(c, normalization);
  if (channels === null) return null;
  const lanes = [0, 1, 2, 3].map((lane) => channels[lane] ?? "0.0");
  return {
    kind: "image",
    binding: { kind: "texture", name: "input", pixels: h * w },
    declaration: [
      "fn image_pixel(x: i32, y: i32) -> vec4<f32> {",
      "  let pixel = 255.0 * textureLoad(input, vec2<i32>(x, y), 0);",
      `  return vec4<f32>(${lanes.join(", ")});`,
      "}",
    ].join("\n"),
  };
}

/**
 * Writes the statements that add one tap's products to the sums of several pixels of a conv, `sum0` …, in vectors of output
 * channels. `tap` is the first of its rows in the kernel. The tap of pixel 0 looks at (`x0`, `y`), if `inside0` holds.
 */
export function imageTap({
  channels,
  kernel,
  columns,
  column,
  pixels,
  y,
}: {
  readonly channels: number;
  readonly kernel: InputBinding;
  /** Expression of the number of vectors of output channels; `column` is that of one of them. */
  readonly columns: string;
  readonly column: string;
  readonly pixels: number;
  readonly y: (pixel: number) => string;
}): readonly string[] {
  const lanes = ["x", "y", "z", "w"].slice(0, channels);
  const each = Array.from({ length: pixels }, (_unused, i) => i);
  return [
    `let base = tap * ${columns} + ${column};`,
    ...lanes.map((_lane, k) => `let w${k} = ${load(kernel, `base${k === 0 ? "" : ` + ${k}u * ${columns}`}`)};`),
    ...each.map((i) => `let a${i} = select(vec4<f32>(), image_pixel(x${i}, ${y(i)}), inside${i});`),
    ...each.map((i) => `sum${i} += ${lanes.map((lane, k) => `a${i}.${lane} * w${k}`).join(" + ")};`),
  ];
}
