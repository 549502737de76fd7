import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { formatShape, mapOf } from "../../../ir/shape.ts";
import type { Pair } from "../../../ir/window.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { InnerLayer } from "../schedule/work.ts";
import { activationCall, activationFunctions } from "../wgsl/activation.ts";
import { channelEpilogue } from "../wgsl/epilogue.ts";
import type { ImageTexture } from "../wgsl/image-pixel.ts";
import { kernelProgram, lanesFor, type KernelProgram } from "../wgsl/kernel-program.ts";
import { convTile, tilePixels } from "./conv-tile.ts";
import type { KernelContext, KernelOption } from "./kernel-option.ts";
import { biasWords, linearWeights, weightBindings } from "./linear-weights.ts";
import { columnsOf } from "./pack-channels.ts";
import { spatialTile, tileSizes, type SpatialTile } from "./spatial-tile.ts";
import { windowName } from "./window-text.ts";

interface Fused {
  readonly conv: InnerLayer<"conv">;
  readonly node: ShapedNodeOf<"depthwise">;
  readonly stages: readonly EpilogueStage[];
  /** Whether what the conv gives goes in front of the depthwise's channels; all keep their shape then, and divide by four. */
  readonly beside?: true;
  /** In place of numbers. */
  readonly image?: ImageTexture;
}

/** How the work is cut. */
interface Cut extends SpatialTile {
  /** Vectors of channels a workgroup owns. */
  readonly width: number;
  /** Pixels of the conv an invocation computes at once. */
  readonly pixels: number;
  /** Rows of invocations in a workgroup. */
  readonly lines: number;
  readonly groups: readonly [number, number, number];
}

const WIDTHS = [2, 4, 8, 16];
/** Vectors of 16 bytes that memory moves together. */
const SECTOR = 4;

/**
 * A conv, its activation and the depthwise behind it. The map between never leaves the chip: depthwise looks at each channel
 * alone, so a workgroup owns a few channels of a tile and needs no more of the conv than those, with a rim of neighbours.
 */
export function convDepthwiseOptions(fused: Fused, { limits }: KernelContext): readonly KernelOption[] {
  const between = mapOf(fused.conv.node.shape);
  const out = mapOf(fused.node.shape);
  const all = columnsOf(between.c);
  const most = limits.maxComputeInvocationsPerWorkgroup;
  return tileSizes(out).flatMap((tile: Pair) => {
    const spatial = spatialTile(fused.node, between, out, tile);
    const region = spatial.rows.region * spatial.columns.region;
    return WIDTHS.filter(
      (width) =>
        (width < 2 * all || width === 2) &&
        width <= most &&
        region * width * 16 <= limits.maxComputeWorkgroupStorageSize,
    ).flatMap((width) =>
      tilePixels(fused.conv.node).map((pixels) => {
        const lines = Math.min(Math.floor(most / width), Math.ceil(region / pixels));
        const groups = [Math.ceil(all / width), spatial.columns.tiles, spatial.rows.tiles] as const;
        return optionOf(fused, { ...spatial, width, pixels, lines, groups });
      }),
    );
  });
}

function optionOf(fused: Fused, cut: Cut): KernelOption {
  const { conv, node } = fused;
  const { rows, columns, width, pixels, lines, groups } = cut;
  const input = mapOf(conv.input);
  const out = mapOf(node.shape);
  const invocations = width * lines * groups[0] * groups[1] * groups[2];
  const taps = conv.node.kernel[0] * conv.node.kernel[1];
  const depthwiseTaps = node.kernel[0] * node.kernel[1];
  // Each round keeps all lines busy, or waiting.
  const rounds = Math.ceil((rows.region * columns.region) / (lines * pixels));
  const convMacs = invocations * rounds * pixels * 4 * taps * input.c;
  const depthwiseMacs = invocations * Math.ceil((rows.tile * columns.tile) / lines) * 4 * depthwiseTaps;
  const weights = (taps * input.c + depthwiseTaps) * columnsOf(out.c) * 4;
  const outputBytes = 4 * out.h * out.w * out.c * (fused.beside === true ? 2 : 1);
  const footprint = convFootprint(fused, cut);
  const cost = {
    macs: convMacs + depthwiseMacs,
    // A vector of weights serves all pixels, one of input four channels; the depthwise reads each operand once.
    loads: convMacs * (1 / pixels + 1 / 4) + depthwiseMacs * 2,
    bytes: 4 * (input.h * input.w * input.c + weights) + outputBytes,
    traffic: footprint * groups[0] * groups[1] * groups[2] + outputBytes * Math.max(1, SECTOR / width),
  };
  return {
    variant: `tile ${rows.tile}x${columns.tile}, ${width * 4} channels, ${pixels} pixels`,
    bindings: weightBindings(conv.node) + weightBindings(node) + 1,
    workgroupBytes: rows.region * columns.region * width * 16,
    workgroups: groups,
    workgroupSize: [width, lines, 1],
    cost,
    build: () => build(fused, cut, cost),
  };
}

/** Bytes that a workgroup reads: its part of the input, and the weights of its channels. */
function convFootprint({ conv, node }: Fused, { rows, columns, width }: Cut): number {
  const { h, w, c } = mapOf(conv.input);
  const extent = (region: number, axis: 0 | 1, most: number) =>
    Math.min(most, (region - 1) * conv.node.stride[axis] + (conv.node.kernel[axis] - 1) * conv.node.dilation[axis] + 1);
  const taps = conv.node.kernel[0] * conv.node.kernel[1];
  const weights = (taps * c + node.kernel[0] * node.kernel[1]) * width * 16;
  return 4 * extent(rows.region, 0, h) * extent(columns.region, 1, w) * c + weights;
}

function build({ conv, node, stages, image, beside }: Fused, cut: Cut, cost: KernelOption["cost"]): KernelProgram {
  const { rows, columns, width, pixels, lines, groups } = cut;
  const input = mapOf(conv.input);
  const between = mapOf(conv.node.shape);
  const out = mapOf(node.shape);
  const taps = conv.node.kernel[0] * conv.node.kernel[1];
  const region = rows.region * columns.region;
  const convWeights = linearWeights(conv.node, conv.input, taps * input.c, between.c, 4, "conv_");
  const weights = linearWeights(node, conv.node.shape, node.kernel[0] * node.kernel[1], out.c, 4, "depthwise_");
  const epilogue = channelEpilogue(stages, out.h * out.w, beside === true ? 2 * out.c : out.c);
  const inner = conv.activations.map(({ fn }) => fn);
  const tile = Array.from({ length: pixels }, (_unused, i) => i);
  const name = [
    `${image === undefined ? "" : "image_"}conv_${windowName(conv.node)}_${formatShape(conv.input)}_to_${between.c}`,
    ...inner,
    `depthwise_${windowName(node)}${epilogue.name}${beside === true ? "_beside" : ""}`,
    `tile${rows.tile}x${columns.tile}x${width * 4}_by${pixels}`,
  ];
  return kernelProgram({
    name: name.join("_"),
    workgroups: groups,
    workgroupSize: [width, lines, 1],
    workgroupBytes: region * width * 16,
    cost,
    comment: [
      `${conv.node.kernel.join("x")} conv, ${formatShape(conv.input)} to ${formatShape(conv.node.shape)}${[biasWords(convWeights), ...inner.map((fn) => `, ${fn}`)].join("")};`,
      `then ${node.kernel.join("x")} depthwise conv to ${formatShape(node.shape)}${biasWords(weights)}${epilogue.words}${beside === true ? "; the conv in front of it" : ""}.`,
      `A workgroup owns ${width * 4} channels of a tile of ${rows.tile}x${columns.tile} outputs. First its invocations compute the conv on the ${rows.region}x${columns.region} pixels`,
      `that the tile's windows cover, ${pixels} at a time each, into workgroup memory; then the depthwise from there, an output each.`,
      "Neighbours in x have the next 4 channels, in y the next pixel.",
    ],
    inputs: [
      image?.binding ?? { name: "input", lanes: lanesFor(input.c), elements: input.h * input.w * input.c },
      ...epilogue.inputs,
    ],
    weights: [...convWeights.packed, ...weights.packed],
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
      ...(image === undefined ? [] : [image.declaration]),
      ...activationFunctions(conv.activations, 4),
      ...epilogue.functions,
    ],
    builtins: ["workgroup_id", "local_invocation_id"],
    body: [
      "let column = group.x * WIDTH + local.x;",
      "// An invocation behind the last column computes that one, and stores nothing.",
      "let source = min(column, COLUMNS - 1u);",
      `let first_row = ${rows.origin("group.z * TILE_H")};`,
      `let first_column = ${columns.origin("group.y * TILE_W")};`,
      `for (var line = local.y; line < REGION; line += LINES * ${pixels}u) {`,
      ...tile.flatMap((i) => [
        `  let spot${i} = ${i === 0 ? "line" : `min(line + ${i}u * LINES, REGION - 1u)`};`,
        `  let row${i} = u32(clamp(first_row + i32(spot${i} / REGION_W), 0, MAP_H - 1));`,
        `  let column${i} = u32(clamp(first_column + i32(spot${i} % REGION_W), 0, MAP_W - 1));`,
      ]),
      ...convTile({
        node: conv.node,
        input: conv.input,
        bias: convWeights.hasBias ? "conv_bias[source]" : null,
        names: { input: "input", kernel: "conv_kernel" },
        image: image !== undefined,
        column: "source",
        pixels: tile.map((i) => ({
          pixel: `(row${i} * u32(MAP_W) + column${i})`,
          row: `row${i}`,
          column: `column${i}`,
        })),
      }).map((line) => `  ${line}`),
      ...tile.map((i) => {
        const value = conv.activations.reduce((sum, activation) => activationCall(activation, sum), `sum${i}`);
        const store = `between[spot${i} * WIDTH + local.x] = ${value};`;
        const always = i === 0 || region % (lines * pixels) === 0;
        return always ? `  ${store}` : `  if (line + ${i}u * LINES < REGION) { ${store} }`;
      }),
      "}",
      "workgroupBarrier();",
      "if (column >= COLUMNS) { return; }",
      "for (var spot = local.y; spot < TILE_H * TILE_W; spot += LINES) {",
      "  let top = group.z * TILE_H + spot / TILE_W;",
      "  let left = group.y * TILE_W + spot % TILE_W;",
      "  if (top >= OUT_H || left >= OUT_W) { continue; }",
      `  var sum = ${weights.hasBias ? "depthwise_bias[column]" : "vec4<f32>()"};`,
      `  for (var ky = 0u; ky < ${node.kernel[0]}u; ky++) {`,
      `    let y = i32(top * ${node.stride[0]}u + ky * ${node.dilation[0]}u) - ${node.pads[0]};`,
      "    if (y < 0 || y >= MAP_H) { continue; }",
      "    let region_row = u32(y - first_row) * REGION_W;",
      `    for (var kx = 0u; kx < ${node.kernel[1]}u; kx++) {`,
      `      let x = i32(left * ${node.stride[1]}u + kx * ${node.dilation[1]}u) - ${node.pads[2]};`,
      "      if (x < 0 || x >= MAP_W) { continue; }",
      "      let value = between[(region_row + u32(x - first_column)) * WIDTH + local.x];",
      `      sum += value * depthwise_kernel[(ky * ${node.kernel[1]}u + kx) * COLUMNS + column];`,
      "    }",
      "  }",
      ...(beside === true
        ? [
            "  let spot_row = u32(i32(top) - first_row) * REGION_W;",
            "  let own = between[(spot_row + u32(i32(left) - first_column)) * WIDTH + local.x];",
            "  output[(top * OUT_W + left) * 2u * COLUMNS + column] = own;",
          ]
        : []),
      `  finish(sum, top * OUT_W + left, ${beside === true ? "COLUMNS + column" : "column"});`,
      "}",
    ],
  });
}
