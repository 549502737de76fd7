import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { formatShape, mapOf } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { InnerLayer } from "../schedule/work.ts";
import { activationCall, activationFunctions } from "../wgsl/activation.ts";
import { channelEpilogue } from "../wgsl/epilogue.ts";
import type { ImageTexture } from "../wgsl/image-pixel.ts";
import { kernelProgram, lanesFor, type KernelProgram } from "../wgsl/kernel-program.ts";
import { convTile, tilePixels } from "./conv-tile.ts";
import type { KernelContext, KernelOption } from "./kernel-option.ts";
import { biasWords, joinedWeights } from "./linear-weights.ts";
import { columnsOf } from "./pack-channels.ts";
import { spatialTile, tileSizes, type SpatialTile } from "./spatial-tile.ts";
import { windowName } from "./window-text.ts";

interface Fused {
  readonly conv: InnerLayer<"conv"> | null;
  readonly depthwise: InnerLayer<"depthwise">;
  readonly node: ShapedNodeOf<"conv">;
  readonly stages: readonly EpilogueStage[];
  /** In place of the conv's numbers. */
  readonly image?: ImageTexture;
}

/** How the work is cut. */
interface Cut extends SpatialTile {
  /** Vectors of hidden channels in workgroup memory at a time. */
  readonly chunk: number;
  /** Output pixels an invocation sums up. */
  readonly pixels: number;
  /** Invocations for each vector of output channels: together they have the tile's pixels. */
  readonly lines: number;
  readonly invocations: number;
  /** Of workgroup memory. */
  readonly bytes: number;
}

const CHUNKS = [4, 8];
const PIXELS = [4, 8];

/**
 * A depthwise and the 1x1 conv behind it, or a whole inverted residual with the conv before them. A workgroup owns all
 * output channels of a tile, and goes through the hidden channels chunk by chunk: what the depthwise makes of a chunk (and
 * the conv before it, with a rim) is in workgroup memory, and the sums are in registers all the time.
 */
export function depthwiseConvOptions(fused: Fused, { limits, facts }: KernelContext): readonly KernelOption[] {
  const { depthwise, node, conv } = fused;
  const map = mapOf(depthwise.input);
  const out = mapOf(node.shape);
  const width = columnsOf(out.c);
  if (map.c % 4 !== 0) return [];
  return tileSizes(out).flatMap((tile) => {
    const spatial = spatialTile(depthwise.node, map, out, tile);
    const count = spatial.rows.tile * spatial.columns.tile;
    const region = conv === null ? 0 : spatial.rows.region * spatial.columns.region;
    return CHUNKS.flatMap((chunk) =>
      PIXELS.filter((pixels) => pixels <= facts.pixels).map((pixels): Cut => {
        const lines = Math.ceil(count / pixels);
        return { ...spatial, chunk, pixels, lines, invocations: width * lines, bytes: 16 * chunk * (count + region) };
      }),
    )
      .filter(
        ({ invocations, bytes, chunk }) =>
          invocations >= chunk &&
          invocations <= limits.maxComputeInvocationsPerWorkgroup &&
          bytes <= limits.maxComputeWorkgroupStorageSize,
      )
      .map((cut) => optionOf(fused, cut));
  });
}

function optionOf(fused: Fused, cut: Cut): KernelOption {
  const { conv, depthwise, node } = fused;
  const { rows, columns, chunk, pixels, lines, invocations } = cut;
  const input = mapOf((conv ?? depthwise).input);
  const hidden = mapOf(depthwise.input).c;
  const out = mapOf(node.shape);
  const groups = columns.tiles * rows.tiles;
  const count = rows.tile * columns.tile;
  const region = rows.region * columns.region;
  const depthwiseTaps = depthwise.node.kernel[0] * depthwise.node.kernel[1];
  const convDepth = conv === null ? 0 : conv.node.kernel[0] * conv.node.kernel[1] * input.c;
  // Hidden values are shared out in rounds of all invocations, which finish together.
  const perChunk = Math.floor(invocations / chunk);
  const spots = (places: number, each: number) => Math.ceil(places / (perChunk * each)) * each * perChunk;
  const chunks = Math.ceil(hidden / 4 / chunk);
  const convPixels = conv === null ? 1 : (tilePixels(conv.node)[1] ?? 2);
  const convMacs = groups * chunks * chunk * 4 * spots(region, convPixels) * convDepth;
  const depthwiseMacs = groups * chunks * chunk * 4 * spots(count, 1) * depthwiseTaps;
  const projectMacs = groups * lines * pixels * columnsOf(out.c) * 4 * hidden;
  const weights = 4 * (convDepth * hidden + depthwiseTaps * hidden + hidden * out.c);
  const footprint = conv === null ? region * hidden : Math.min(input.h * input.w, region * 4) * input.c;
  const outputBytes = 4 * out.h * out.w * out.c;
  const cost = {
    macs: convMacs + depthwiseMacs + projectMacs,
    loads: convMacs * (1 / convPixels + 1 / 4) + depthwiseMacs * 2 + projectMacs * (1 / pixels + 1 / 4),
    bytes: 4 * input.h * input.w * input.c + weights + outputBytes,
    traffic: groups * (4 * footprint + weights) + outputBytes,
  };
  return {
    variant: `tile ${rows.tile}x${columns.tile}, ${chunk * 4} hidden channels, ${pixels} pixels`,
    bindings: (conv === null ? 2 : 3) + 1,
    workgroupBytes: cut.bytes,
    workgroups: [columns.tiles, rows.tiles, 1],
    workgroupSize: [columnsOf(out.c), lines, 1],
    cost,
    build: () => build(fused, cut, cost),
  };
}

type Activated = Pick<InnerLayer<"conv">, "activations">;

const activate = ({ activations }: Activated, value: string) =>
  activations.reduce((sum, activation) => activationCall(activation, sum), value);
const namesOf = ({ activations }: Activated) => activations.map(({ fn }) => fn);

function build(fused: Fused, cut: Cut, cost: KernelOption["cost"]): KernelProgram {
  const { conv, depthwise, node, stages, image } = fused;
  const { rows, columns, chunk, pixels, lines, invocations, bytes } = cut;
  const input = mapOf((conv ?? depthwise).input);
  const map = mapOf(depthwise.input);
  const out = mapOf(node.shape);
  const width = columnsOf(out.c);
  const count = rows.tile * columns.tile;
  const region = rows.region * columns.region;
  const [kernelH, kernelW] = depthwise.node.kernel;
  const convRows = conv === null ? 0 : conv.node.kernel[0] * conv.node.kernel[1] * input.c;
  const convWeights = conv === null ? null : joinedWeights(conv.node, conv.input, convRows, map.c, "conv_weights");
  const middle = joinedWeights(depthwise.node, depthwise.input, kernelH * kernelW, map.c, "depthwise_weights");
  const last = joinedWeights(node, depthwise.node.shape, map.c, out.c, "project_weights");
  const epilogue = channelEpilogue(stages, out.h * out.w, out.c);
  const tile = Array.from({ length: pixels }, (_unused, i) => i);
  const perChunk = Math.floor(invocations / chunk);
  const convWords =
    conv === null
      ? []
      : [
          `${conv.node.kernel.join("x")} conv, ${formatShape(conv.input)} to ${formatShape(conv.node.shape)}${[convWeights?.hasBias === true ? ", bias" : "", ...namesOf(conv).map((fn) => `, ${fn}`)].join("")};`,
        ];
  return kernelProgram({
    name: [
      ...(conv === null
        ? [`depthwise_${windowName(depthwise.node)}_${formatShape(depthwise.input)}`]
        : [
            `${image === undefined ? "" : "image_"}conv_${windowName(conv.node)}_${formatShape(conv.input)}_to_${map.c}`,
            ...namesOf(conv),
            `depthwise_${windowName(depthwise.node)}`,
          ]),
      ...namesOf(depthwise),
      `to_${out.c}${epilogue.name}`,
      `tile${rows.tile}x${columns.tile}x${chunk * 4}_by${pixels}`,
    ].join("_"),
    workgroups: [columns.tiles, rows.tiles, 1],
    workgroupSize: [width, lines, 1],
    workgroupBytes: bytes,
    cost,
    comment: [
      ...convWords,
      `${kernelH}x${kernelW} depthwise conv, ${formatShape(depthwise.input)} to ${formatShape(depthwise.node.shape)}${[biasWords(middle), ...namesOf(depthwise).map((fn) => `, ${fn}`)].join("")};`,
      `then 1x1 conv to ${formatShape(node.shape)}${biasWords(last)}${epilogue.words}.`,
      `A workgroup owns all output channels of a tile of ${rows.tile}x${columns.tile}: ${chunk * 4} hidden channels at a time go into workgroup memory, ${conv === null ? "" : `first of the conv on the ${rows.region}x${columns.region} pixels that the windows cover, then `}of the depthwise;`,
      `an invocation keeps the sums of 4 output channels of ${pixels} pixels. Its neighbours in x have the next channels, in y the next pixel.`,
    ],
    inputs: [
      image?.binding ?? { name: "input", lanes: lanesFor(input.c), elements: input.h * input.w * input.c },
      ...epilogue.inputs,
    ],
    weights: [...(convWeights?.packed ?? []), ...middle.packed, ...last.packed],
    output: epilogue.output,
    declarations: [
      [
        `const HIDDEN = ${map.c / 4}u; // vectors of 4 hidden channels`,
        `const CHUNK = ${chunk}u; // those in workgroup memory`,
        `const STRIDE = ${perChunk}u; // invocations that share the pixels of one of them`,
        `const COLUMNS = ${width}u; // vectors of 4 output channels`,
        `const LINES = ${lines}u;`,
        `const TILE_H = ${rows.tile}u;`,
        `const TILE_W = ${columns.tile}u;`,
        `const MAP_H = ${map.h};`,
        `const MAP_W = ${map.w};`,
        `const OUT_H = ${out.h}u;`,
        `const OUT_W = ${out.w}u;`,
        ...(conv === null ? [] : [`const REGION_W = ${columns.region}u;`, `const REGION = ${region}u;`]),
      ].join("\n"),
      [
        ...(conv === null ? [] : ["var<workgroup> between: array<vec4<f32>, REGION * CHUNK>;"]),
        "var<workgroup> mixed: array<vec4<f32>, TILE_H * TILE_W * CHUNK>;",
      ].join("\n"),
      ...(image === undefined ? [] : [image.declaration]),
      ...activationFunctions(conv?.activations ?? [], 4),
      ...activationFunctions(depthwise.activations, 4),
      ...epilogue.functions,
    ],
    builtins: ["workgroup_id", "local_invocation_id"],
    body: [
      "let tile_top = group.y * TILE_H;",
      "let tile_left = group.x * TILE_W;",
      "let me = local.y * COLUMNS + local.x;",
      "let part = me % CHUNK;",
      `let turn = ${invocations % chunk === 0 ? "me / CHUNK" : "select(me / CHUNK, 0xffffu, me >= STRIDE * CHUNK)"};`,
      ...(conv === null
        ? []
        : [`let first_row = ${rows.origin("tile_top")};`, `let first_column = ${columns.origin("tile_left")};`]),
      `var sum0 = ${last.bias("local.x") ?? "vec4<f32>()"};`,
      ...tile.slice(1).map((i) => `var sum${i} = sum0;`),
      "for (var start = 0u; start < HIDDEN; start += CHUNK) {",
      `  let source = ${(map.c / 4) % chunk === 0 ? "start + part" : "min(start + part, HIDDEN - 1u)"};`,
      ...(conv === null || convWeights === null
        ? []
        : [...convPhase(conv, convWeights.bias("source"), cut, image !== undefined), "workgroupBarrier();"].map(
            (line) => `  ${line}`,
          )),
      ...depthwisePhase(fused, middle.bias("source")).map((line) => `  ${line}`),
      "  workgroupBarrier();",
      `  let end = ${(map.c / 4) % chunk === 0 ? "CHUNK" : "min(CHUNK, HIDDEN - start)"};`,
      "  for (var k = 0u; k < end; k++) {",
      "    let base = (start + k) * 4u * COLUMNS + local.x;",
      ...[0, 1, 2, 3].map((i) => `    let w${i} = project_weights[base${i > 0 ? ` + ${i * width}u` : ""}];`),
      ...tile.map((i) => {
        const spot = i === 0 ? "local.y" : `min(local.y + ${i}u * LINES, ${count - 1}u)`;
        return `    let a${i} = mixed[${spot} * CHUNK + k];`;
      }),
      ...tile.map((i) => `    sum${i} += a${i}.x * w0 + a${i}.y * w1 + a${i}.z * w2 + a${i}.w * w3;`),
      "  }",
      "  workgroupBarrier();",
      "}",
      ...tile.flatMap((i) => [
        "{",
        `  let spot = local.y + ${i}u * LINES;`,
        "  let top = tile_top + spot / TILE_W;",
        "  let left = tile_left + spot % TILE_W;",
        `  if (spot < ${count}u && top < OUT_H && left < OUT_W) { finish(sum${i}, top * OUT_W + left, local.x); }`,
        "}",
      ]),
    ],
  });
}

/** The conv of a chunk on the region, into `between`. */
function convPhase(
  conv: InnerLayer<"conv">,
  bias: string | null,
  { rows, columns }: Cut,
  image: boolean,
): readonly string[] {
  const region = rows.region * columns.region;
  const pixels = Array.from({ length: tilePixels(conv.node)[1] ?? 2 }, (_unused, i) => i);
  const sums = convTile({
    node: conv.node,
    input: conv.input,
    bias,
    names: { input: "input", kernel: "conv_weights" },
    image,
    column: "source",
    pixels: pixels.map((i) => ({
      pixel: `(row${i} * u32(MAP_W) + column${i})`,
      row: `row${i}`,
      column: `column${i}`,
    })),
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
      const store = `between[spot${i} * CHUNK + part] = ${activate(conv, `sum${i}`)};`;
      return i === 0 ? `    ${store}` : `    if (line + ${i}u * STRIDE < REGION) { ${store} }`;
    }),
    "  }",
    "}",
  ];
}

/** The depthwise of a chunk on the tile, from `between` or the input, into `mixed`. */
function depthwisePhase({ conv, depthwise }: Fused, bias: string | null): readonly string[] {
  const { node } = depthwise;
  const value =
    conv === null
      ? "input[u32(y * MAP_W + x) * HIDDEN + source]"
      : "between[(u32(y - first_row) * REGION_W + u32(x - first_column)) * CHUNK + part]";
  return [
    "for (var spot = turn; spot < TILE_H * TILE_W; spot += STRIDE) {",
    "  let top = tile_top + spot / TILE_W;",
    "  let left = tile_left + spot % TILE_W;",
    `  var sum = ${bias ?? "vec4<f32>()"};`,
    `  for (var ky = 0u; ky < ${node.kernel[0]}u; ky++) {`,
    `    let y = i32(top * ${node.stride[0]}u + ky * ${node.dilation[0]}u) - ${node.pads[0]};`,
    "    if (y < 0 || y >= MAP_H) { continue; }",
    `    for (var kx = 0u; kx < ${node.kernel[1]}u; kx++) {`,
    `      let x = i32(left * ${node.stride[1]}u + kx * ${node.dilation[1]}u) - ${node.pads[2]};`,
    "      if (x < 0 || x >= MAP_W) { continue; }",
    `      sum += ${value} * depthwise_weights[(ky * ${node.kernel[1]}u + kx) * HIDDEN + source];`,
    "    }",
    "  }",
    `  mixed[spot * CHUNK + part] = ${activate(depthwise, "sum")};`,
    "}",
  ];
}
