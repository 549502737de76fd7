import { formatShape } from "../../../ir/shape.ts";
import { epilogueWeights } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { activateAll, activationFunctions } from "../wgsl/activation.ts";
import { inputBinding, lanesFor, load, store, type OutputBinding } from "../wgsl/binding.ts";
import { channelEpilogue } from "../wgsl/epilogue.ts";
import { sourceBinding, sourceFunctions, type ConvSource, type ImageTexture } from "../wgsl/image-pixel.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";
import { convTile, isExpansion, isPointwise, pixelOfRegion } from "./conv-tile.ts";
import { expandCost, expandCuts, expandSizes, type ExpandDepthwise, type ExpandSizes } from "./expand-cuts.ts";
import type { KernelContext, KernelOption } from "./kernel-option.ts";
import { biasWords, linearWeights, weightBindings, type LinearWeights } from "./linear-weights.ts";
import { columnsOf } from "./pack-channels.ts";
import { windowName } from "./window-text.ts";

/**
 * An expansion, its activation and the depthwise after it. Any conv in one group may take the expansion's place, as in a stem. The
 * map between them never leaves the chip: the depthwise looks at each channel alone, so a workgroup owns a few channels of a tile.
 * Its invocations compute the conv of those channels on the pixels that the tile's windows cover, then the depthwise of the tile.
 * Each workgroup reads its part of the input and the weights of its channels, and writes its channels of the tile.
 */
export function expandDepthwiseOptions(fused: ExpandDepthwise, { limits }: KernelContext): readonly KernelOption[] {
  return expandCuts(fused, limits).map((cut) => {
    const sizes = expandSizes(fused, cut);
    const { conv, node, rows, columns, width, pixels, lines, groups, workgroupBytes } = sizes;
    const cost = expandCost(sizes);
    const build = (layout: StepLayout, image: ImageTexture | null) => programOf(sizes, cost, layout, image);
    return {
      variant: `tile ${rows.tile}x${columns.tile}, ${width * 4} channels, ${pixels} pixels`,
      bindings: weightBindings(conv.node) + weightBindings(node) + epilogueWeights(fused.stages) + 1,
      workgroupBytes,
      workgroups: groups,
      workgroupSize: [width, lines, 1] as const,
      cost,
      build: (layout) => build(layout, null),
      ...(isPointwise(conv.node) ? {} : { buildOverImage: build }),
    };
  });
}

/** Writes the program of one cut, over numbers or over an image. */
function programOf(
  sizes: ExpandSizes,
  cost: KernelOption["cost"],
  layout: StepLayout,
  image: ImageTexture | null,
): KernelProgram {
  const { conv, node, stages, beside, rows, columns, width, pixels, lines, groups, input, between, out, region } =
    sizes;
  const source: ConvSource =
    image ?? inputBinding("input", lanesFor(input.c), input.h * input.w * input.c, layout.inputs[0]);
  const convWeights = linearWeights(conv.node, conv.input, 4, layout.weights, "conv_");
  const weights = linearWeights(node, conv.node.shape, 4, layout.weights, "depthwise_");
  const epilogue = channelEpilogue(stages, out.h * out.w, beside ? 2 * out.c : out.c, layout);
  const inner = conv.activations.map(({ fn }) => fn);
  const first = isExpansion(conv) ? "expand" : `conv_${windowName(conv.node)}`;
  return kernelProgram({
    name: [
      `${image === null ? "" : "image_"}${first}_${formatShape(conv.input)}_to_${between.c}`,
      ...inner,
      `depthwise_${windowName(node)}${epilogue.name}${beside ? "_beside" : ""}`,
      `tile${rows.tile}x${columns.tile}x${width * 4}_by${pixels}`,
    ].join("_"),
    workgroups: groups,
    workgroupSize: [width, lines, 1],
    workgroupBytes: sizes.workgroupBytes,
    cost,
    comment: [
      `${conv.node.kernel.join("x")} conv, ${formatShape(conv.input)} to ${formatShape(conv.node.shape)}${[biasWords(convWeights), ...inner.map((fn) => `, ${fn}`)].join("")};`,
      `then ${node.kernel.join("x")} depthwise conv to ${formatShape(node.shape)}${biasWords(weights)}${epilogue.words}${beside ? "; the conv before it" : ""}.`,
      `A workgroup owns ${width * 4} channels of a tile of ${rows.tile}x${columns.tile} outputs. First its invocations compute the conv on the ${rows.region}x${columns.region} pixels`,
      `that the tile's windows cover, ${pixels} at a time each, into workgroup memory; then the depthwise from there, an output each.`,
      "Neighbours in x have the next 4 channels, in y the next pixel.",
    ],
    inputs: [sourceBinding(source), ...epilogue.inputs],
    weights: [...convWeights.packed, ...weights.packed, ...epilogue.weights],
    output: epilogue.output,
    declarations: [
      [
        `const COLUMNS = ${columnsOf(out.c)}u; // vectors of 4 channels`,
        `const WIDTH = ${width}u; // those of a workgroup`,
        `const LINES = ${lines}u;`,
        `const REGION_W = ${columns.region}u;`,
        `const REGION = ${region}u;`,
        `const MAP_H = ${between.h};`,
        `const MAP_W = ${between.w};`,
        `const TILE_H = ${rows.tile}u;`,
        `const TILE_W = ${columns.tile}u;`,
        `const OUT_H = ${out.h}u;`,
        `const OUT_W = ${out.w}u;`,
      ].join("\n"),
      "var<workgroup> between: array<vec4<f32>, REGION * WIDTH>;",
      ...sourceFunctions(source),
      ...activationFunctions(conv.activations, 4),
      ...epilogue.functions,
    ],
    builtins: ["workgroup_id", "local_invocation_id"],
    body: [
      "let column = group.x * WIDTH + local.x;",
      "// An invocation after the last column computes that one, and stores nothing.",
      "let source = min(column, COLUMNS - 1u);",
      `let first_row = ${rows.origin("group.z * TILE_H")};`,
      `let first_column = ${columns.origin("group.y * TILE_W")};`,
      ...convPhase(sizes, source, convWeights),
      "workgroupBarrier();",
      "if (column >= COLUMNS) { return; }",
      ...depthwisePhase(sizes, weights, epilogue.output),
    ],
  });
}

/** The conv of a workgroup's channels on the region, into `between`. */
function convPhase(
  { conv, lines, region, pixels }: ExpandSizes,
  source: ConvSource,
  { kernel, biasAt }: LinearWeights,
): readonly string[] {
  const tile = Array.from({ length: pixels }, (_unused, i) => i);
  const sums = convTile({
    node: conv.node,
    input: conv.input,
    bias: biasAt("source"),
    source,
    kernel,
    column: "source",
    pixels: tile.map(pixelOfRegion),
  });
  return [
    `for (var line = local.y; line < REGION; line += LINES * ${pixels}u) {`,
    ...tile.flatMap((i) => [
      `  let spot${i} = ${i === 0 ? "line" : `min(line + ${i}u * LINES, REGION - 1u)`};`,
      `  let row${i} = u32(clamp(first_row + i32(spot${i} / REGION_W), 0, MAP_H - 1));`,
      `  let column${i} = u32(clamp(first_column + i32(spot${i} % REGION_W), 0, MAP_W - 1));`,
    ]),
    ...sums.map((line) => `  ${line}`),
    ...tile.map((i) => {
      const write = `between[spot${i} * WIDTH + local.x] = ${activateAll(conv.activations, `sum${i}`)};`;
      const always = i === 0 || region % (lines * pixels) === 0;
      return always ? `  ${write}` : `  if (line + ${i}u * LINES < REGION) { ${write} }`;
    }),
    "}",
  ];
}

/** The depthwise of the tile, from `between` to memory. */
function depthwisePhase(
  { node, beside }: ExpandSizes,
  { kernel, biasAt }: LinearWeights,
  output: OutputBinding,
): readonly string[] {
  return [
    "for (var spot = local.y; spot < TILE_H * TILE_W; spot += LINES) {",
    "  let top = group.z * TILE_H + spot / TILE_W;",
    "  let left = group.y * TILE_W + spot % TILE_W;",
    "  if (top >= OUT_H || left >= OUT_W) { continue; }",
    `  var sum = ${biasAt("column")};`,
    `  for (var ky = 0u; ky < ${node.kernel[0]}u; ky++) {`,
    `    let y = i32(top * ${node.stride[0]}u + ky * ${node.dilation[0]}u) - ${node.pads[0]};`,
    "    if (y < 0 || y >= MAP_H) { continue; }",
    "    let region_row = u32(y - first_row) * REGION_W;",
    `    for (var kx = 0u; kx < ${node.kernel[1]}u; kx++) {`,
    `      let x = i32(left * ${node.stride[1]}u + kx * ${node.dilation[1]}u) - ${node.pads[2]};`,
    "      if (x < 0 || x >= MAP_W) { continue; }",
    "      let value = between[(region_row + u32(x - first_column)) * WIDTH + local.x];",
    `      sum += value * ${load(kernel, `(ky * ${node.kernel[1]}u + kx) * COLUMNS + column`)};`,
    "    }",
    "  }",
    ...(beside
      ? [
          "  let spot_row = u32(i32(top) - first_row) * REGION_W;",
          "  let own = between[(spot_row + u32(i32(left) - first_column)) * WIDTH + local.x];",
          `  ${store(output, "(top * OUT_W + left) * 2u * COLUMNS + column", "own")}`,
        ]
      : []),
    `  finish(sum, top * OUT_W + left, ${beside ? "COLUMNS + column" : "column"});`,
    "}",
  ];
}
