import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { formatShape, mapOf, type Shape } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { channelEpilogue } from "../wgsl/epilogue.ts";
import { grid3 } from "../wgsl/grid.ts";
import { inputBinding, lanesFor, load, typeOf, type InputBinding } from "../wgsl/binding.ts";
import { imageTap, sourceBinding, sourceFunctions, type ConvSource, type ImageTexture } from "../wgsl/image-pixel.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";
import { biasWords, linearWeights } from "./linear-weights.ts";
import { columnsOf } from "./pack-channels.ts";
import { windowConstants, windowName } from "./window-text.ts";

/** Output columns an invocation computes. */
const TILE = 4;

/** Tells whether each vector of four output channels lies in one group. */
export function groupsHoldVectors(node: ShapedNodeOf<"conv">): boolean {
  return node.groups === 1 || (node.filters / node.groups) % 4 === 0;
}

const tile = Array.from({ length: TILE }, (_unused, i) => i);

/** Statements that add one tap's products, over all input channels, to the sums of a tile's pixels. */
function overDepth(input: InputBinding, kernel: InputBinding): readonly string[] {
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

/**
 * Conv of any kernel, stride, dilation and padding, in one group or in groups of filters that divide by four. A conv in one group
 * may read an image in place of numbers. An invocation computes 4 output channels of 4 pixels along a row. Where the input channels
 * of a group divide by four, four vectors of weights and four of input, 128 bytes in float32, serve 64 multiply-adds.
 */
export function directConv(
  node: ShapedNodeOf<"conv">,
  input: Shape,
  stages: readonly EpilogueStage[],
  layout: StepLayout,
  image: ImageTexture | null = null,
): KernelProgram {
  const { h, w, c } = mapOf(input);
  const out = mapOf(node.shape);
  const perGroup = c / node.groups;
  const columns = columnsOf(node.filters);
  const lanes = lanesFor(perGroup);
  const source: ConvSource = image ?? inputBinding("input", lanes, h * w * c, layout.inputs[0]);
  const weights = linearWeights(node, input, 4, layout.weights);
  const epilogue = channelEpilogue(stages, out.h * out.w, node.filters, layout);
  const macs = node.kernel[0] * node.kernel[1] * perGroup * out.h * out.w * columns * 4;
  const grid = grid3(columns, Math.ceil(out.w / TILE), out.h);
  const tap =
    source.kind === "image"
      ? imageTap({
          channels: c,
          kernel: weights.kernel,
          columns: "COLUMNS",
          column: "column",
          pixels: TILE,
          y: () => "y",
        })
      : overDepth(source, weights.kernel);
  const groupWords = node.groups > 1 ? ` in ${node.groups} groups` : "";
  const groupStart = node.groups > 1 ? ` + (column / ${columns / node.groups}u) * DEPTH` : "";
  return kernelProgram({
    name: `${image === null ? "" : "image_"}conv_${windowName(node)}_${formatShape(input)}_to_${node.filters}${node.groups > 1 ? `_groups${node.groups}` : ""}${epilogue.name}`,
    workgroups: grid.workgroups,
    // Four vectors of weights and four of input serve 64 multiply-adds.
    cost: { macs, loads: macs / 2 },
    comment: [
      `${node.kernel.join("x")} conv${groupWords}, ${formatShape(input)} to ${formatShape(node.shape)}${biasWords(weights)}${epilogue.words}.`,
      `One invocation computes 4 output channels of ${TILE} pixels along a row; its neighbours in x the next channels, in y the next pixels, in z the next row.`,
    ],
    inputs: [sourceBinding(source), ...epilogue.inputs],
    weights: [...weights.packed, ...epilogue.weights],
    output: epilogue.output,
    declarations: [
      [
        ...windowConstants(node, { h, w }, out),
        `const COLUMNS = ${columns}u; // vectors of 4 output channels`,
        `const PIXEL = ${c / lanes}u; // ${lanes === 4 ? "vectors" : "values"} of one input pixel`,
        `const DEPTH = ${perGroup / lanes}u; // those that one output channel reads`,
      ].join("\n"),
      ...sourceFunctions(source),
      ...epilogue.functions,
    ],
    workgroupSize: grid.workgroupSize,
    builtins: ["global_invocation_id"],
    body: [
      "let column = id.x;",
      `let left = id.y * ${TILE}u;`,
      "let top = id.z;",
      "if (column >= COLUMNS || left >= OUT_W) { return; }",
      `var sum0 = ${weights.biasAt("column")};`,
      ...tile.slice(1).map((i) => `var sum${i} = sum0;`),
      "for (var ky = 0u; ky < KERNEL_H; ky++) {",
      "  let y = i32(top * STRIDE_H + ky * DILATION_H) - PAD_TOP;",
      "  if (y < 0 || y >= IN_H) { continue; }",
      "  for (var kx = 0u; kx < KERNEL_W; kx++) {",
      "    let x0 = i32(left * STRIDE_W + kx * DILATION_W) - PAD_LEFT;",
      ...tile.flatMap((i) => [
        ...(i > 0 ? [`    let x${i} = x0 + ${i * node.stride[1]};`] : []),
        `    let inside${i} = x${i} >= 0 && x${i} < IN_W;`,
        ...(image === null
          ? [`    let pixel${i} = u32(y * IN_W + clamp(x${i}, 0, IN_W - 1)) * PIXEL${groupStart};`]
          : []),
      ]),
      `    let tap = (ky * KERNEL_W + kx) * ${perGroup}u;`,
      ...tap.map((line) => `    ${line}`),
      "  }",
      "}",
      "let first = top * OUT_W + left;",
      "finish(sum0, first, column);",
      ...tile
        .slice(1)
        .map((i) =>
          out.w % TILE === 0
            ? `finish(sum${i}, first + ${i}u, column);`
            : `if (left + ${i}u < OUT_W) { finish(sum${i}, first + ${i}u, column); }`,
        ),
    ],
  });
}
