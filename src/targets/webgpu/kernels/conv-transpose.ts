import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { elementsOf, formatShape, mapOf, type Shape } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { inputBinding, lanesFor, load, typeOf, type InputBinding } from "../wgsl/binding.ts";
import { channelEpilogue, elementEpilogue } from "../wgsl/epilogue.ts";
import { grid3 } from "../wgsl/grid.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";
import { biasWords, linearWeights } from "./linear-weights.ts";
import { columnsOf } from "./pack-channels.ts";
import { windowConstants, windowName } from "./window-text.ts";

type ConvTransposeNode = ShapedNodeOf<"conv_transpose">;

/** Output columns an invocation computes, a stride apart. */
const TILE = 4;

/**
 * Transposed conv of any kernel, stride, dilation and cuts, gathered: an output pixel sums the taps that reach it. Outputs a stride apart
 * meet the same taps of neighbouring pixels. So an invocation computes 4 output channels of 4 such pixels, and a vector of weights serves
 * all four, as in a conv of stride 1. Groups whose filters do not divide by four are computed one value at a time.
 */
export function convTranspose(
  node: ConvTransposeNode,
  input: Shape,
  stages: readonly EpilogueStage[],
  layout: StepLayout,
): KernelProgram {
  const vectors = node.groups === 1 || (node.filters / node.groups) % 4 === 0;
  const { h, w, c } = mapOf(input);
  const out = mapOf(node.shape);
  const perGroup = c / node.groups;
  const pixels = vectors ? TILE : 1;
  const columns = vectors ? columnsOf(node.filters) : node.filters;
  const lanes = vectors ? lanesFor(perGroup) : 1;
  const source = inputBinding("input", lanes, h * w * c, layout.inputs[0]);
  const weights = linearWeights(node, input, vectors ? 4 : 1, layout.weights);
  const epilogue = vectors
    ? channelEpilogue(stages, out.h * out.w, node.filters, layout)
    : elementEpilogue(stages, elementsOf(node.shape), 1, layout);
  const macs = node.kernel[0] * node.kernel[1] * perGroup * h * w * columns * (vectors ? 4 : 1);
  // Columns a stride apart form a phase; the tiles of one place follow each other phase by phase.
  const [, across] = node.stride;
  const tiles = Math.ceil(Math.ceil(out.w / across) / pixels) * across;
  const grid = grid3(columns, tiles, out.h);
  const groupWords = node.groups > 1 ? ` in ${node.groups} groups` : "";
  const what = vectors ? `4 output channels of ${TILE} pixels of a row, a stride apart` : "one output value";
  return kernelProgram({
    name: `conv_transpose_${windowName(node)}_${formatShape(input)}_to_${formatShape(node.shape)}${node.groups > 1 ? `_groups${node.groups}` : ""}${epilogue.name}`,
    workgroups: grid.workgroups,
    cost: { macs, loads: vectors ? macs / 2 : 2 * macs },
    comment: [
      `${node.kernel.join("x")} transposed conv${groupWords}, ${formatShape(input)} to ${formatShape(node.shape)}${biasWords(weights)}${epilogue.words}.`,
      `One invocation computes ${what}; its neighbours in x the next channels, in y the next pixels, in z the next row.`,
    ],
    inputs: [source, ...epilogue.inputs],
    weights: [...weights.packed, ...epilogue.weights],
    output: epilogue.output,
    declarations: [
      [
        ...windowConstants(node, { h, w }, out),
        `const COLUMNS = ${columns}u; // ${vectors ? "vectors of 4 output channels" : "output channels"}`,
        `const PIXEL = ${c / lanes}u; // ${lanes === 4 ? "vectors" : "values"} of one input pixel`,
        `const DEPTH = ${perGroup / lanes}u; // those that one output channel reads`,
      ].join("\n"),
      ...epilogue.functions,
    ],
    workgroupSize: grid.workgroupSize,
    builtins: ["global_invocation_id"],
    body: body(node, { source, kernel: weights.kernel, bias: weights.biasAt("column"), columns, pixels, perGroup }),
  });
}

interface Tile {
  readonly source: InputBinding;
  readonly kernel: InputBinding;
  /** Expression that sums begin with. */
  readonly bias: string;
  readonly columns: number;
  readonly pixels: number;
  readonly perGroup: number;
}

function body(node: ConvTransposeNode, { source, kernel, bias, columns, pixels, perGroup }: Tile): readonly string[] {
  const tile = Array.from({ length: pixels }, (_unused, i) => i);
  const [, across] = node.stride;
  const group = node.groups > 1 ? ` + (column / ${columns / node.groups}u) * DEPTH` : "";
  const single = pixels === 1;
  return [
    "let column = id.x;",
    `let left = id.y / STRIDE_W * ${pixels * across}u + id.y % STRIDE_W;`,
    "let top = id.z;",
    "if (column >= COLUMNS || left >= OUT_W) { return; }",
    `var sum0 = ${bias};`,
    ...tile.slice(1).map((i) => `var sum${i} = sum0;`),
    ...taps("ky", "H", "i32(top) + PAD_TOP", node.dilation[0]),
    "  let y = down / i32(STRIDE_H);",
    "  if (y < 0 || y >= IN_H) { continue; }",
    ...[
      ...taps("kx", "W", "i32(left) + PAD_LEFT", node.dilation[1]),
      "  let x0 = across / i32(STRIDE_W);",
      ...tile.flatMap((i) => [
        ...(i > 0 ? [`  let x${i} = x0 + ${i};`] : []),
        `  let inside${i} = x${i} >= 0 && x${i} < IN_W;`,
        `  let pixel${i} = u32(y * IN_W + clamp(x${i}, 0, IN_W - 1)) * PIXEL${group};`,
      ]),
      `  let tap = (ky * KERNEL_W + kx) * ${perGroup}u;`,
      ...overDepth(source, kernel, tile).map((line) => `  ${line}`),
      "}",
    ].map((line) => `  ${line}`),
    "}",
    ...tile.map((i) => {
      const place = `left${i > 0 ? ` + ${i * across}u` : ""}`;
      const at = single ? `(top * OUT_W + ${place}) * COLUMNS + column` : `top * OUT_W + ${place}, column`;
      return i === 0 ? `finish(sum0, ${at});` : `if (${place} < OUT_W) { finish(sum${i}, ${at}); }`;
    }),
  ];
}

/**
 * Opens the loop over the taps of one axis that reach an output: those at which the place less the tap's is a multiple of the stride. Without
 * a dilation they are the place modulo the stride, and from there on every stride's.
 */
function taps(name: "ky" | "kx", axis: "H" | "W", place: string, dilation: number): readonly string[] {
  const offset = name === "ky" ? "down" : "across";
  if (dilation === 1) {
    return [
      `for (var ${name} = u32(${place}) % STRIDE_${axis}; ${name} < KERNEL_${axis}; ${name} += STRIDE_${axis}) {`,
      `  let ${offset} = ${place} - i32(${name});`,
    ];
  }
  return [
    `for (var ${name} = 0u; ${name} < KERNEL_${axis}; ${name}++) {`,
    `  let ${offset} = ${place} - i32(${name} * DILATION_${axis});`,
    `  if (${offset} % i32(STRIDE_${axis}) != 0) { continue; }`,
  ];
}

/** Statements that add one tap's products, over all input channels, to the sums of a tile's pixels. */
function overDepth(input: InputBinding, kernel: InputBinding, tile: readonly number[]): readonly string[] {
  const read = (i: number) => `select(${typeOf(input.lanes)}(), ${load(input, `pixel${i} + k`)}, inside${i})`;
  const multiply =
    input.lanes === 4
      ? [
          "let base = (tap + k * 4u) * COLUMNS + column;",
          ...[0, 1, 2, 3].map((i) => `let w${i} = ${load(kernel, `base + ${i}u * COLUMNS`)};`),
          ...tile.map((i) => `let a${i} = ${read(i)};`),
          ...tile.map((i) => `sum${i} += a${i}.x * w0 + a${i}.y * w1 + a${i}.z * w2 + a${i}.w * w3;`),
        ]
      : [`let w = ${load(kernel, "(tap + k) * COLUMNS + column")};`, ...tile.map((i) => `sum${i} += ${read(i)} * w;`)];
  return ["for (var k = 0u; k < DEPTH; k++) {", ...multiply.map((line) => `  ${line}`), "}"];
}
