import { formatShape } from "../../../ir/shape.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { activateAll, activationFunctions } from "../wgsl/activation.ts";
import { load, type PackedWeight } from "../wgsl/binding.ts";
import { channelEpilogue } from "../wgsl/epilogue.ts";
import { sourceBinding, type ConvSource } from "../wgsl/image-pixel.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";
import type { KernelOption } from "./kernel-option.ts";
import { biasWords, joinedWeights, type LinearWeights } from "./linear-weights.ts";
import type { ChunkSizes, Projection } from "./chunk-cuts.ts";
import { windowName } from "./window-text.ts";

/** Where the depthwise finds what it reads. */
export interface DepthwiseInput {
  /** What the program reads. */
  readonly source: ConvSource;
  /** Parts of the program's name, up to the depthwise. */
  readonly name: readonly string[];
  /** Lines of its comment before the depthwise's. */
  readonly comment: readonly string[];
  /** Words of its comment: what goes into workgroup memory before the depthwise. */
  readonly first: string;
  readonly weights: readonly PackedWeight[];
  readonly constants: readonly string[];
  /** Declarations of workgroup memory. */
  readonly memory: readonly string[];
  readonly functions: readonly string[];
  /** Statements before the first chunk. */
  readonly start: readonly string[];
  /** Statements of each chunk before the depthwise. */
  readonly fill: readonly string[];
  /** Expression of the vector of hidden channels at (`x`, `y`). */
  readonly value: string;
}

/** Writes the program of a projection whose depthwise reads its input so. */
export function chunkProgram(
  sizes: ChunkSizes,
  input: DepthwiseInput,
  cost: KernelOption["cost"],
  layout: StepLayout,
): KernelProgram {
  const { depthwise, node, stages, rows, columns, chunk, pixels, out, width, map, lines, bytes } = sizes;
  const middle = joinedWeights(depthwise.node, depthwise.input, layout.weights, "depthwise_weights");
  const last = joinedWeights(node, depthwise.node.shape, layout.weights, "project_weights");
  const epilogue = channelEpilogue(stages, out.h * out.w, out.c, layout);
  const inner = depthwise.activations.map(({ fn }) => fn);
  return kernelProgram({
    name: [
      ...input.name,
      ...inner,
      `project_to_${out.c}${epilogue.name}`,
      `tile${rows.tile}x${columns.tile}x${chunk * 4}_by${pixels}`,
    ].join("_"),
    workgroups: [columns.tiles, rows.tiles, 1],
    workgroupSize: [width, lines, 1],
    workgroupBytes: bytes,
    cost,
    comment: [
      ...input.comment,
      `${depthwise.node.kernel.join("x")} depthwise conv, ${formatShape(depthwise.input)} to ${formatShape(depthwise.node.shape)}${[biasWords(middle), ...inner.map((fn) => `, ${fn}`)].join("")};`,
      `then 1x1 conv to ${formatShape(node.shape)}${biasWords(last)}${epilogue.words}.`,
      `A workgroup owns all output channels of a tile of ${rows.tile}x${columns.tile}: ${chunk * 4} hidden channels at a time go into workgroup memory, ${input.first}of the depthwise;`,
      `an invocation keeps the sums of 4 output channels of ${pixels} pixels. Its neighbours in x have the next channels, in y the next pixel.`,
    ],
    inputs: [sourceBinding(input.source), ...epilogue.inputs],
    weights: [...input.weights, ...middle.packed, ...last.packed, ...epilogue.weights],
    output: epilogue.output,
    declarations: [
      [
        `const HIDDEN = ${map.c / 4}u; // vectors of 4 hidden channels`,
        `const CHUNK = ${chunk}u; // those in workgroup memory`,
        `const STRIDE = ${sizes.perChunk}u; // invocations that share the pixels of one of them`,
        `const COLUMNS = ${width}u; // vectors of 4 output channels`,
        `const LINES = ${lines}u;`,
        `const TILE_H = ${rows.tile}u;`,
        `const TILE_W = ${columns.tile}u;`,
        `const MAP_H = ${map.h};`,
        `const MAP_W = ${map.w};`,
        `const OUT_H = ${out.h}u;`,
        `const OUT_W = ${out.w}u;`,
        ...input.constants,
      ].join("\n"),
      [...input.memory, "var<workgroup> mixed: array<vec4<f32>, TILE_H * TILE_W * CHUNK>;"].join("\n"),
      ...input.functions,
      ...activationFunctions(depthwise.activations, 4),
      ...epilogue.functions,
    ],
    builtins: ["workgroup_id", "local_invocation_id"],
    body: bodyOf(sizes, input, middle, last),
  });
}

const pixelsOf = ({ pixels }: ChunkSizes) => Array.from({ length: pixels }, (_unused, i) => i);

function bodyOf(
  sizes: ChunkSizes,
  input: DepthwiseInput,
  middle: LinearWeights,
  last: LinearWeights,
): readonly string[] {
  const { chunk, invocations, map, count } = sizes;
  const tile = pixelsOf(sizes);
  const isWhole = (map.c / 4) % chunk === 0;
  return [
    "let tile_top = group.y * TILE_H;",
    "let tile_left = group.x * TILE_W;",
    "let me = local.y * COLUMNS + local.x;",
    "let part = me % CHUNK;",
    `let turn = ${invocations % chunk === 0 ? "me / CHUNK" : "select(me / CHUNK, 0xffffu, me >= STRIDE * CHUNK)"};`,
    ...input.start,
    `var sum0 = ${last.biasAt("local.x")};`,
    ...tile.slice(1).map((i) => `var sum${i} = sum0;`),
    "for (var start = 0u; start < HIDDEN; start += CHUNK) {",
    `  let source = ${isWhole ? "start + part" : "min(start + part, HIDDEN - 1u)"};`,
    ...[...input.fill, ...depthwisePhase(sizes, input.value, middle)].map((line) => `  ${line}`),
    "  workgroupBarrier();",
    `  let end = ${isWhole ? "CHUNK" : "min(CHUNK, HIDDEN - start)"};`,
    ...projectPhase(sizes, last).map((line) => `  ${line}`),
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
  ];
}

/** The depthwise of a chunk on the tile, into `mixed`. */
function depthwisePhase(
  { depthwise: { node, activations } }: ChunkSizes,
  value: string,
  { kernel, biasAt }: LinearWeights,
): readonly string[] {
  return [
    "for (var spot = turn; spot < TILE_H * TILE_W; spot += STRIDE) {",
    "  let top = tile_top + spot / TILE_W;",
    "  let left = tile_left + spot % TILE_W;",
    `  var sum = ${biasAt("source")};`,
    `  for (var ky = 0u; ky < ${node.kernel[0]}u; ky++) {`,
    `    let y = i32(top * ${node.stride[0]}u + ky * ${node.dilation[0]}u) - ${node.pads[0]};`,
    "    if (y < 0 || y >= MAP_H) { continue; }",
    `    for (var kx = 0u; kx < ${node.kernel[1]}u; kx++) {`,
    `      let x = i32(left * ${node.stride[1]}u + kx * ${node.dilation[1]}u) - ${node.pads[2]};`,
    "      if (x < 0 || x >= MAP_W) { continue; }",
    `      sum += ${value} * ${load(kernel, `(ky * ${node.kernel[1]}u + kx) * HIDDEN + source`)};`,
    "    }",
    "  }",
    `  mixed[spot * CHUNK + part] = ${activateAll(activations, "sum")};`,
    "}",
  ];
}

/** Adds a chunk's share to the sums of an invocation's pixels. */
function projectPhase(sizes: ChunkSizes, { kernel }: LinearWeights): readonly string[] {
  const { width, count } = sizes;
  const tile = pixelsOf(sizes);
  return [
    "for (var k = 0u; k < end; k++) {",
    "  let base = (start + k) * 4u * COLUMNS + local.x;",
    ...[0, 1, 2, 3].map((i) => `  let w${i} = ${load(kernel, `base${i > 0 ? ` + ${i * width}u` : ""}`)};`),
    ...tile.map((i) => {
      const spot = i === 0 ? "local.y" : `min(local.y + ${i}u * LINES, ${count - 1}u)`;
      return `  let a${i} = mixed[${spot} * CHUNK + k];`;
    }),
    ...tile.map((i) => `  sum${i} += a${i}.x * w0 + a${i}.y * w1 + a${i}.z * w2 + a${i}.w * w3;`),
    "}",
  ];
}

/** Names a depthwise of a program: `depthwise_3x3_stride2`. */
export function depthwiseName({ depthwise }: Projection): string {
  return `depthwise_${windowName(depthwise.node)}`;
}
