import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { elementsOf, formatShape, mapOf, type Shape } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { elementEpilogue } from "../wgsl/epilogue.ts";
import { grid3 } from "../wgsl/grid.ts";
import { inputBinding, lanesFor, load, store, zeroOf, type InputBinding } from "../wgsl/binding.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";
import { biasWords, linearWeights, type LinearWeights } from "./linear-weights.ts";
import { windowConstants, windowName } from "./window-text.ts";

/** Most input vectors of a row that an invocation holds at once. */
const MOST_HELD = 12;
/** Widest kernel whose row of weights is written out. */
const MOST_TAPS = 7;

/** Input columns that `tile` neighbouring outputs read in one row. */
function spanOf(node: ShapedNodeOf<"depthwise">, tile: number): number {
  return (tile - 1) * node.stride[1] + (node.kernel[1] - 1) * node.dilation[1] + 1;
}

/** Outputs along a row that share their loads: as many as registers allow. */
function tileOf(node: ShapedNodeOf<"depthwise">): number {
  if (node.kernel[1] > MOST_TAPS) return 1;
  return [4, 2].find((tile) => tile <= (node.shape[1] ?? 1) && spanOf(node, tile) <= MOST_HELD) ?? 1;
}

/**
 * Depthwise conv of any kernel, stride, dilation and padding. With multiplier 1 and channels that divide by four an invocation
 * computes a vector of channels of several outputs along a row, else one value. It reads its row of the window once, and one
 * weight for each tap, and writes its outputs. With `beside` it copies the input, which has the output's shape then, before the
 * output's channels.
 */
export function depthwise(
  node: ShapedNodeOf<"depthwise">,
  shape: Shape,
  stages: readonly EpilogueStage[],
  layout: StepLayout,
  beside = false,
): KernelProgram {
  const { h, w, c } = mapOf(shape);
  const out = mapOf(node.shape);
  const lanes = node.multiplier === 1 ? lanesFor(c) : 1;
  const weights = linearWeights(node, shape, lanes, layout.weights);
  const epilogue = elementEpilogue(stages, (beside ? 2 : 1) * elementsOf(node.shape), lanes, layout);
  const input = inputBinding("input", lanes, h * w * c, layout.inputs[0]);
  const tile = lanes === 4 ? tileOf(node) : 1;
  const unrolled = tile > 1 || node.kernel[1] <= MOST_TAPS;
  const grid = grid3(out.c / lanes, Math.ceil(out.w / tile), out.h);
  const unit = lanes === 4 ? "4 channels" : "one channel";
  return kernelProgram({
    name: `depthwise_${windowName(node)}_${formatShape(shape)}${node.multiplier > 1 ? `_times${node.multiplier}` : ""}${epilogue.name}${beside ? "_beside" : ""}`,
    workgroups: grid.workgroups,
    cost: {
      macs: node.kernel[0] * node.kernel[1] * elementsOf(node.shape),
      loads: loadsOf(node, tile, unrolled) + (beside ? elementsOf(shape) : 0),
    },
    comment: [
      `${node.kernel.join("x")} depthwise conv, ${formatShape(shape)} to ${formatShape(node.shape)}${biasWords(weights)}${epilogue.words}${beside ? "; the input before it" : ""}.`,
      `One invocation computes ${unit} of ${tile === 1 ? "a pixel" : `${tile} pixels along a row`}; its neighbours in x the next channels, in y the next pixels, in z the next row.`,
    ],
    inputs: [input, ...epilogue.inputs],
    weights: [...weights.packed, ...epilogue.weights],
    output: epilogue.output,
    declarations: [
      [
        ...windowConstants(node, { h, w }, out),
        `const IN_C = ${c / lanes}u;${lanes === 4 ? " // vectors of 4 channels" : ""}`,
        `const OUT_C = ${out.c / lanes}u;`,
        ...(beside ? ["const BOTH = OUT_C + IN_C;"] : []),
      ].join("\n"),
      ...epilogue.functions,
    ],
    workgroupSize: grid.workgroupSize,
    builtins: ["global_invocation_id"],
    body: [
      "let channel = id.x;",
      `let left = id.y${tile > 1 ? ` * ${tile}u` : ""};`,
      "let top = id.z;",
      "if (channel >= OUT_C || left >= OUT_W) { return; }",
      ...(unrolled ? unrolledRow(node, tile, input, weights) : plainLoop(node, input, weights)),
      `let first = (top * OUT_W + left) * ${beside ? "BOTH + IN_C" : "OUT_C"} + channel;`,
      ...Array.from({ length: tile }, (_unused, i) => {
        const finish = `finish(sum${i}, first${i === 0 ? "" : ` + ${i}u * ${beside ? "BOTH" : "OUT_C"}`});`;
        const pixel = `${i === 0 ? "" : `${i}u + `}top * OUT_W + left`;
        const copy = ` ${store(epilogue.output, `(${pixel}) * BOTH + channel`, load(input, `(${pixel}) * IN_C + channel`))}`;
        const both = `${finish}${beside ? copy : ""}`;
        return i === 0 || out.w % tile === 0 ? both : `if (left + ${i}u < OUT_W) { ${both} }`;
      }),
    ],
  });
}

/** Counts the numbers read. In an unrolled row each input and each weight serves all outputs of a tile. */
function loadsOf(node: ShapedNodeOf<"depthwise">, tile: number, unrolled: boolean): number {
  const { h, w, c } = mapOf(node.shape);
  const [rows, taps] = node.kernel;
  const perRow = unrolled ? Math.min(spanOf(node, tile), tile * taps) + taps : 2 * taps;
  return h * Math.ceil(w / tile) * c * rows * perRow;
}

const sourceChannel = (node: ShapedNodeOf<"depthwise">) =>
  node.multiplier === 1 ? "channel" : `channel / ${node.multiplier}u`;

/** Loads each input vector and each weight of a row once. The rows stay a loop. */
function unrolledRow(
  node: ShapedNodeOf<"depthwise">,
  tile: number,
  input: InputBinding,
  { kernel, biasAt }: LinearWeights,
): readonly string[] {
  const [, taps] = node.kernel;
  const outputs = Array.from({ length: tile }, (_unused, i) => i);
  const offsets = outputs.map((i) =>
    Array.from({ length: taps }, (_unused, t) => i * node.stride[1] + t * node.dilation[1]),
  );
  const held = [...new Set(offsets.flat())].toSorted((a, b) => a - b);
  return [
    `var sum0 = ${biasAt("channel")};`,
    ...outputs.slice(1).map((i) => `var sum${i} = sum0;`),
    "let x = i32(left * STRIDE_W) - PAD_LEFT;",
    "for (var ky = 0u; ky < KERNEL_H; ky++) {",
    "  let y = i32(top * STRIDE_H + ky * DILATION_H) - PAD_TOP;",
    "  if (y < 0 || y >= IN_H) { continue; }",
    `  let row = u32(y * IN_W) * IN_C + ${sourceChannel(node)};`,
    ...held.flatMap((offset) => {
      const at = offset === 0 ? "x" : `x + ${offset}`;
      const value = load(input, `row + u32(clamp(${at}, 0, IN_W - 1)) * IN_C`);
      return [`  let a${offset} = select(${zeroOf(input.lanes)}, ${value}, ${at} >= 0 && ${at} < IN_W);`];
    }),
    ...Array.from(
      { length: taps },
      (_unused, t) => `  let w${t} = ${load(kernel, `(ky * KERNEL_W + ${t}u) * OUT_C + channel`)};`,
    ),
    ...outputs.map((i) => `  sum${i} += ${offsets[i]?.map((offset, t) => `a${offset} * w${t}`).join(" + ") ?? ""};`),
    "}",
  ];
}

function plainLoop(
  node: ShapedNodeOf<"depthwise">,
  input: InputBinding,
  { kernel, biasAt }: LinearWeights,
): readonly string[] {
  const value = load(input, `u32(y * IN_W + x) * IN_C + ${sourceChannel(node)}`);
  return [
    `var sum0 = ${biasAt("channel")};`,
    "for (var ky = 0u; ky < KERNEL_H; ky++) {",
    "  let y = i32(top * STRIDE_H + ky * DILATION_H) - PAD_TOP;",
    "  if (y < 0 || y >= IN_H) { continue; }",
    "  for (var kx = 0u; kx < KERNEL_W; kx++) {",
    "    let x = i32(left * STRIDE_W + kx * DILATION_W) - PAD_LEFT;",
    "    if (x < 0 || x >= IN_W) { continue; }",
    `    sum0 += ${value} * ${load(kernel, "(ky * KERNEL_W + kx) * OUT_C + channel")};`,
    "  }",
    "}",
  ];
}
