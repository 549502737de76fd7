import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { formatShape, mapOf, type Shape } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule.ts";
import { channelEpilogue } from "../wgsl/epilogue.ts";
import { grid2, type Grid } from "../wgsl/grid.ts";
import { lanesFor, kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";
import { biasWords, linearWeights } from "./linear-weights.ts";
import { columnsOf } from "./pack-channels.ts";

/** Pixels an invocation computes: each weight vector it loads is used this often. */
const TILE = 4;

/** A workgroup reads the input of its pixels and the weights of its columns. */
function trafficOf({ workgroupSize, workgroups }: Grid, pixels: number, channels: number, filters: number): number {
  const rows = workgroupSize[1] * TILE * channels;
  const weights = channels * workgroupSize[0] * 4;
  return 4 * (workgroups[0] * workgroups[1] * workgroups[2] * (rows + weights) + pixels * filters);
}

/** 1x1 conv, stride 1: a product of a pixels x cin matrix and a cin x cout one, held in registers, no barrier. */
export function pointwise(node: ShapedNodeOf<"conv">, input: Shape, stages: readonly EpilogueStage[]): KernelProgram {
  const { h, w, c } = mapOf(input);
  const pixels = h * w;
  const columns = columnsOf(node.filters);
  const lanes = lanesFor(c);
  const weights = linearWeights(node, input, c, node.filters, 4);
  const epilogue = channelEpilogue(stages, pixels, node.filters);
  const macs = pixels * c * columns * 4;
  const grid = grid2(columns, Math.ceil(pixels / TILE));
  const tile = Array.from({ length: TILE }, (_unused, i) => i);
  const rowLength = c / lanes;
  const load =
    lanes === 4
      ? [
          "let base = k * 4u * COLUMNS + column;",
          ...[0, 1, 2, 3].map((i) => `let w${i} = kernel[base + ${i}u * COLUMNS];`),
          ...tile.map((i) => `let a${i} = input[row${i} + k];`),
          ...tile.map((i) => `sum${i} += a${i}.x * w0 + a${i}.y * w1 + a${i}.z * w2 + a${i}.w * w3;`),
        ]
      : ["let w = kernel[k * COLUMNS + column];", ...tile.map((i) => `sum${i} += input[row${i} + k] * w;`)];
  return kernelProgram({
    name: `pointwise_${formatShape(input)}_to_${node.filters}${epilogue.name}`,
    workgroups: grid.workgroups,
    // Four vectors of weights and four of input serve 64 multiply-adds.
    cost: { macs, loads: macs / 2, traffic: trafficOf(grid, pixels, c, node.filters) },
    comment: [
      `1x1 conv, ${formatShape(input)} to ${formatShape(node.shape)}${biasWords(weights)}${epilogue.words}.`,
      `One invocation computes 4 output channels of ${TILE} pixels in a row; its neighbours in x the next channels, in y the next pixels.`,
    ],
    inputs: [{ name: "input", lanes, elements: pixels * c }, ...epilogue.inputs],
    weights: weights.packed,
    output: epilogue.output,
    declarations: [
      `const PIXELS = ${pixels}u;\nconst COLUMNS = ${columns}u; // vectors of 4 output channels\nconst ROW = ${rowLength}u; // ${lanes === 4 ? "vectors" : "values"} of one pixel's input`,
      ...epilogue.functions,
    ],
    workgroupSize: grid.workgroupSize,
    builtins: ["global_invocation_id"],
    body: [
      "let column = id.x;",
      `let pixel = (${grid.second}) * ${TILE}u;`,
      "if (column >= COLUMNS || pixel >= PIXELS) { return; }",
      "// Pixels behind the last one repeat it, and are not stored.",
      ...tile.map((i) => `let row${i} = ${i === 0 ? "pixel" : `min(pixel + ${i}u, PIXELS - 1u)`} * ROW;`),
      `var sum0 = ${weights.hasBias ? "bias[column]" : "vec4<f32>()"};`,
      ...tile.slice(1).map((i) => `var sum${i} = sum0;`),
      "for (var k = 0u; k < ROW; k++) {",
      ...load.map((line) => `  ${line}`),
      "}",
      "finish(sum0, pixel, column);",
      ...tile
        .slice(1)
        .map((i) =>
          pixels % TILE === 0
            ? `finish(sum${i}, pixel + ${i}u, column);`
            : `if (pixel + ${i}u < PIXELS) { finish(sum${i}, pixel + ${i}u, column); }`,
        ),
    ],
  });
}
