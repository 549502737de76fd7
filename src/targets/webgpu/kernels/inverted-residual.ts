import { formatShape, mapOf } from "../../../ir/shape.ts";
import { epilogueWeights } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import type { InnerLayer } from "../schedule/work.ts";
import { activateAll, activationFunctions } from "../wgsl/activation.ts";
import { inputBinding, lanesFor } from "../wgsl/binding.ts";
import { sourceFunctions, type ConvSource, type ImageTexture } from "../wgsl/image-pixel.ts";
import type { KernelProgram } from "../wgsl/kernel-program.ts";
import { chunkProgram, depthwiseName } from "./chunk-program.ts";
import { convTile, isExpansion, isPointwise, pixelOfRegion, tilePixels } from "./conv-tile.ts";
import type { KernelContext, KernelOption } from "./kernel-option.ts";
import { biasWords, joinedWeights, type LinearWeights } from "./linear-weights.ts";
import { chunkCost, chunkCuts, chunkSizes, hiddenValues, type ChunkCut, type Projection } from "./chunk-cuts.ts";
import { windowName } from "./window-text.ts";

interface InvertedResidual extends Projection {
  readonly conv: InnerLayer<"conv">;
}

/**
 * A whole inverted residual: expansion, depthwise and projection. Any conv in one group may take the expansion's place, as in a
 * stem with the separable conv after it. Neither map between the three is ever in memory: a workgroup owns all output channels of
 * a tile, and its invocations compute the conv of a chunk of hidden channels on the pixels that the tile's windows cover, then
 * the depthwise of the chunk, then the chunk's share of their sums. Each workgroup reads its part of the input and all weights,
 * and writes its tile.
 */
export function invertedResidualOptions(fused: InvertedResidual, context: KernelContext): readonly KernelOption[] {
  return chunkCuts(fused, context, true).map((cut) => {
    const sizes = sizesOf(fused, cut);
    const { rows, columns, chunk, pixels, width, lines } = sizes;
    const cost = costOf(sizes);
    const build = (layout: StepLayout, image: ImageTexture | null) => programOf(sizes, cost, layout, image);
    return {
      variant: `tile ${rows.tile}x${columns.tile}, ${chunk * 4} hidden channels, ${pixels} pixels`,
      bindings: 4 + epilogueWeights(fused.stages),
      workgroupBytes: cut.bytes,
      workgroups: [columns.tiles, rows.tiles, 1] as const,
      workgroupSize: [width, lines, 1] as const,
      cost,
      build: (layout) => build(layout, null),
      ...(isPointwise(fused.conv.node) ? {} : { buildOverImage: build }),
    };
  });
}

type Sizes = ReturnType<typeof sizesOf>;

function sizesOf(fused: InvertedResidual, cut: ChunkCut) {
  const input = mapOf(fused.conv.input);
  const { kernel } = fused.conv.node;
  /** Pixels of the conv that an invocation computes at once. */
  const convPixels = tilePixels(fused.conv.node)[1] ?? 2;
  return { ...chunkSizes(fused, cut), input, depth: kernel[0] * kernel[1] * input.c, convPixels };
}

function costOf(sizes: Sizes): KernelOption["cost"] {
  const { input, region, depth, convPixels } = sizes;
  const macs = hiddenValues(sizes, region, convPixels) * depth;
  return chunkCost(
    sizes,
    { numbers: input.h * input.w * input.c, footprint: Math.min(input.h * input.w, region * 4) * input.c },
    // A vector of weights serves all pixels, one of input four channels.
    { macs, loads: macs * (1 / convPixels + 1 / 4), depth },
  );
}

function programOf(
  sizes: Sizes,
  cost: KernelOption["cost"],
  layout: StepLayout,
  image: ImageTexture | null,
): KernelProgram {
  const { conv, map, input, rows, columns, region } = sizes;
  const source: ConvSource =
    image ?? inputBinding("input", lanesFor(input.c), input.h * input.w * input.c, layout.inputs[0]);
  const weights = joinedWeights(conv.node, conv.input, layout.weights, "conv_weights");
  const inner = conv.activations.map(({ fn }) => fn);
  const first = isExpansion(conv) ? "inverted_residual" : `conv_${windowName(conv.node)}`;
  const depthwiseInput = {
    source,
    name: [
      `${image === null ? "" : "image_"}${first}_${formatShape(conv.input)}_to_${map.c}`,
      ...inner,
      depthwiseName(sizes),
    ],
    comment: [
      `${conv.node.kernel.join("x")} conv, ${formatShape(conv.input)} to ${formatShape(conv.node.shape)}${[biasWords(weights), ...inner.map((fn) => `, ${fn}`)].join("")};`,
    ],
    first: `first of the conv on the ${rows.region}x${columns.region} pixels that the windows cover, then `,
    weights: weights.packed,
    constants: [`const REGION_W = ${columns.region}u;`, `const REGION = ${region}u;`],
    memory: ["var<workgroup> between: array<vec4<f32>, REGION * CHUNK>;"],
    functions: [...sourceFunctions(source), ...activationFunctions(conv.activations, 4)],
    start: [`let first_row = ${rows.origin("tile_top")};`, `let first_column = ${columns.origin("tile_left")};`],
    fill: [...convPhase(sizes, source, weights), "workgroupBarrier();"],
    value: "between[(u32(y - first_row) * REGION_W + u32(x - first_column)) * CHUNK + part]",
  };
  return chunkProgram(sizes, depthwiseInput, cost, layout);
}

/** The conv of a chunk on the region, into `between`. */
function convPhase(
  { conv, region, convPixels }: Sizes,
  source: ConvSource,
  { kernel, biasAt }: LinearWeights,
): readonly string[] {
  const pixels = Array.from({ length: convPixels }, (_unused, i) => i);
  const sums = convTile({
    node: conv.node,
    input: conv.input,
    bias: biasAt("source"),
    source,
    kernel,
    column: "source",
    pixels: pixels.map(pixelOfRegion),
  });
  return [
    `for (var line = turn; line < REGION; line += STRIDE * ${pixels.length}u) {`,
    ...pixels.flatMap((i) => [
      `  let spot${i} = ${i === 0 ? "line" : `min(line + ${i}u * STRIDE, ${region - 1}u)`};`,
      `  let row${i} = u32(clamp(first_row + i32(spot${i} / REGION_W), 0, MAP_H - 1));`,
      `  let column${i} = u32(clamp(first_column + i32(spot${i} % REGION_W), 0, MAP_W - 1));`,
    ]),
    "  {",
    ...sums.map((line) => `    ${line}`),
    ...pixels.map((i) => {
      const write = `between[spot${i} * CHUNK + part] = ${activateAll(conv.activations, `sum${i}`)};`;
      return i === 0 ? `    ${write}` : `    if (line + ${i}u * STRIDE < REGION) { ${write} }`;
    }),
    "  }",
    "}",
  ];
}
