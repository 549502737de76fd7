import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { channelsOf, mapOf, type Shape } from "../../../ir/shape.ts";
import type { InnerLayer } from "../schedule/work.ts";
import { lanesFor, load, typeOf, type InputBinding } from "../wgsl/binding.ts";
import { imageTap, type ConvSource } from "../wgsl/image-pixel.ts";
import { columnsOf } from "./pack-channels.ts";

/**
 * Lists how many pixels an invocation may compute at once. A window that slides needs a place and a test for each, and eight of
 * those take some compilers half a minute.
 */
export function tilePixels(node: ShapedNodeOf<"conv">): readonly number[] {
  return isPointwise(node) ? [2, 4, 8] : [2, 4];
}

/** Tells whether a conv is 1x1 and looks at every pixel once, so that an output pixel reads the input pixel of the same number. */
export function isPointwise(node: ShapedNodeOf<"conv">): boolean {
  const ones = [...node.kernel, ...node.stride, node.groups].every((value) => value === 1);
  return ones && node.pads.every((pad) => pad === 0);
}

/** Tells whether a conv is the expansion of an inverted residual: 1x1, to more channels than it reads. */
export function isExpansion({ node, input }: InnerLayer<"conv">): boolean {
  return isPointwise(node) && node.filters > channelsOf(input);
}

/** An output pixel of the conv, as expressions of type u32. A pointwise conv reads `pixel` alone, the number of the pixel in the map. */
export interface TilePixel {
  readonly pixel: string;
  readonly row: string;
  readonly column: string;
}

/** Returns the pixel of the map at `row<i>`, `column<i>`, for kernels that name the pixels of a region so. */
export function pixelOfRegion(i: number): TilePixel {
  return { pixel: `(row${i} * u32(MAP_W) + column${i})`, row: `row${i}`, column: `column${i}` };
}

export interface ConvTile {
  readonly node: ShapedNodeOf<"conv">;
  readonly input: Shape;
  /** Expression that sums begin with. */
  readonly bias: string;
  /** What the conv reads; a pointwise conv reads no image. */
  readonly source: ConvSource;
  readonly kernel: InputBinding;
  /** Expression of the vector of output channels. */
  readonly column: string;
  readonly pixels: readonly TilePixel[];
  /** Vector that scales the input channels. */
  readonly scale?: InputBinding | null;
  /** How invocations share the input channels: the first channel of this one, and how many share. */
  readonly share?: { readonly first: string; readonly of: number } | null;
}

/**
 * Writes the statements that compute one vector of output channels of several pixels of a conv in one group, as `sum0`, `sum1` …
 * Each vector of weights that is loaded serves all pixels, each vector of input four channels.
 */
export function convTile({
  node,
  input,
  bias,
  source,
  kernel,
  column,
  pixels,
  scale = null,
  share = null,
}: ConvTile): readonly string[] {
  const { h, w, c } = mapOf(input);
  const lanes = lanesFor(c);
  const columns = columnsOf(node.filters);
  const each = (line: (i: number) => string) => pixels.map((_pixel, i) => line(i));
  const start = [`var sum0 = ${bias};`, ...each((i) => `var sum${i} = sum0;`).slice(1)];
  const multiply = (k: string, tap: string, read: (i: number, k: string) => string) =>
    lanes === 4
      ? [
          `let base = ${tap === "" ? "" : "("}${tap}${k} * 4u${tap === "" ? "" : ")"} * ${columns}u + ${column};`,
          ...[0, 1, 2, 3].map((i) => `let w${i} = ${load(kernel, `base${i > 0 ? ` + ${i * columns}u` : ""}`)};`),
          ...(scale === null ? [] : [`let gate = ${load(scale, k)};`]),
          ...each((i) => `let a${i} = ${read(i, k)}${scale === null ? "" : " * gate"};`),
          ...each((i) => `sum${i} += a${i}.x * w0 + a${i}.y * w1 + a${i}.z * w2 + a${i}.w * w3;`),
        ]
      : [
          `let w = ${load(kernel, `(${tap}${k}) * ${columns}u + ${column}`)}${scale === null ? "" : ` * ${load(scale, k)}`};`,
          ...each((i) => `sum${i} += ${read(i, k)} * w;`),
        ];
  const overChannels = (tap: string, read: (i: number, k: string) => string) => [
    `for (var k = ${share?.first ?? "0u"}; k < ${c / lanes}u; ${share === null ? "k++" : `k += ${share.of}u`}) {`,
    ...multiply("k", tap, read).map((line) => `  ${line}`),
    "}",
  ];
  if (isPointwise(node)) {
    if (source.kind === "image") throw new Error("internal: a pointwise conv reads no image");
    return [
      ...pixels.map(({ pixel }, i) => `let at${i} = ${pixel} * ${c / lanes}u;`),
      ...start,
      ...overChannels("", (i, k) => load(source, `at${i} + ${k}`)),
    ];
  }
  const signed = (expression: string, stride: number, pad: number) =>
    `i32(${expression}${stride > 1 ? ` * ${stride}u` : ""})${pad > 0 ? ` - ${pad}` : ""}`;
  const dilated = (tap: string, dilation: number) => `i32(${tap}${dilation > 1 ? ` * ${dilation}u` : ""})`;
  return [
    ...pixels.flatMap(({ row, column: x }, i) => [
      `let top${i} = ${signed(row, node.stride[0], node.pads[0])};`,
      `let left${i} = ${signed(x, node.stride[1], node.pads[2])};`,
    ]),
    ...start,
    `for (var ky = 0u; ky < ${node.kernel[0]}u; ky++) {`,
    `  for (var kx = 0u; kx < ${node.kernel[1]}u; kx++) {`,
    ...each((i) => `    let y${i} = top${i} + ${dilated("ky", node.dilation[0])};`),
    ...each((i) => `    let x${i} = left${i} + ${dilated("kx", node.dilation[1])};`),
    ...each((i) => `    let inside${i} = y${i} >= 0 && y${i} < ${h} && x${i} >= 0 && x${i} < ${w};`),
    ...(source.kind === "image"
      ? []
      : each(
          (i) => `    let at${i} = u32(clamp(y${i}, 0, ${h - 1}) * ${w} + clamp(x${i}, 0, ${w - 1})) * ${c / lanes}u;`,
        )),
    `    let tap = (ky * ${node.kernel[1]}u + kx) * ${c}u;`,
    ...(source.kind === "image"
      ? imageTap({
          channels: c,
          kernel,
          columns: `${columns}u`,
          column,
          pixels: pixels.length,
          y: (i) => `y${i}`,
        })
      : overChannels("tap + ", (i, k) => `select(${typeOf(lanes)}(), ${load(source, `at${i} + ${k}`)}, inside${i})`)
    ).map((line) => `    ${line}`),
    "  }",
    "}",
  ];
}
