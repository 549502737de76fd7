import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { elementsOf, formatShape, mapOf, type Shape } from "../../../ir/shape.ts";
import type { LimitProfile } from "../schedule/limits.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import { channelEpilogue } from "../wgsl/epilogue.ts";
import { powerOfTwoUpTo } from "../wgsl/grid.ts";
import { lanesFor, kernelProgram, type KernelProgram, type PackedWeight } from "../wgsl/kernel-program.ts";
import { onlyOption, type KernelOption } from "./kernel-option.ts";
import { biasWords, linearWeights } from "./linear-weights.ts";
import { columnsOf } from "./pack-channels.ts";

const WORKGROUP = 64;
/** Vectors of output channels a workgroup computes; the rest of its invocations share the rows, where they share them. */
const MOST_COLUMNS = 8;

/** A conv whose window is the whole input once: its kernel, flattened, is a dense layer's. */
export function isMatrixVector(node: ShapedNodeOf<"conv">, input: Shape): boolean {
  const { h, w } = mapOf(input);
  return (
    node.groups === 1 &&
    node.kernel[0] === h &&
    node.kernel[1] === w &&
    node.dilation.every((value) => value === 1) &&
    node.pads.every((pad) => pad === 0)
  );
}

/** Rows of the matrix that one weight binding holds. A kernel over the binding limit is bound in parts. */
interface Part {
  readonly name: string;
  readonly firstRow: number;
  readonly rows: number;
}

function partsOf(rows: number, columns: number, limits: LimitProfile): readonly Part[] {
  const most = Math.max(4, Math.floor(limits.maxStorageBufferBindingSize / (columns * 16) / 4) * 4);
  const count = Math.ceil(rows / most);
  return Array.from({ length: count }, (_unused, index) => ({
    name: index === 0 ? "kernel" : `kernel${index}`,
    firstRow: index * most,
    rows: Math.min(most, rows - index * most),
  }));
}

function splitKernel(whole: PackedWeight, parts: readonly Part[], rowElements: number): readonly PackedWeight[] {
  if (parts.length === 1) return [whole];
  return parts.map(({ name, firstRow, rows }) => ({
    ...whole,
    name,
    slot: name,
    elements: rows * rowElements,
    pack: (bind) => whole.pack(bind).subarray(firstRow * rowElements, (firstRow + rows) * rowElements),
  }));
}

/** Dense layer, or a conv over the whole of its input: the rows split over a workgroup, or each column for itself. */
export function matrixVectorOptions(
  node: ShapedNodeOf<"dense" | "conv">,
  input: Shape,
  stages: readonly EpilogueStage[],
  limits: LimitProfile,
): readonly KernelOption[] {
  return [true, false].map((split) => ({
    ...onlyOption(matrixVector(node, input, stages, limits, split)),
    variant: split ? "rows shared" : "",
  }));
}

function matrixVector(
  node: ShapedNodeOf<"dense" | "conv">,
  input: Shape,
  stages: readonly EpilogueStage[],
  limits: LimitProfile,
  split: boolean,
): KernelProgram {
  const rows = elementsOf(input);
  const channels = elementsOf(node.shape);
  const columns = columnsOf(channels);
  const lanes = lanesFor(rows);
  const weights = linearWeights(node, input, rows, channels, 4);
  const parts = partsOf(rows, columns, limits);
  const packed = weights.packed.flatMap((weight) =>
    weight.slot === "kernel" ? splitKernel(weight, parts, columns * 4) : [weight],
  );
  const epilogue = channelEpilogue(stages, 1, channels);
  const x = powerOfTwoUpTo(columns, split ? MOST_COLUMNS : WORKGROUP);
  const slices = split ? powerOfTwoUpTo(rows / lanes, WORKGROUP / x) : 1;
  const shared = slices > 1;
  const bias = weights.hasBias ? "bias[column]" : "vec4<f32>()";
  return kernelProgram({
    name: `matvec_${rows}_to_${channels}${epilogue.name}${shared ? "" : "_alone"}`,
    workgroups: [Math.ceil(columns / x), 1, 1],
    workgroupBytes: shared ? x * slices * 16 : 0,
    cost: { macs: rows * columns * 4, loads: rows * columns * 5 },
    comment: [
      `Matrix-vector product, ${rows} to ${formatShape([channels])}${biasWords(weights)}${epilogue.words}.`,
      ...(shared
        ? [
            `A workgroup computes 4 output channels for each of its ${x} columns; its ${slices} rows of invocations take every ${slices}th ${lanes === 4 ? "vector" : "value"} of the input,`,
            "and the first row adds up what they leave in workgroup memory.",
          ]
        : ["One invocation computes 4 output channels; its neighbours the next."]),
    ],
    inputs: [{ name: "input", lanes, elements: rows }, ...epilogue.inputs],
    weights: packed,
    output: epilogue.output,
    declarations: [
      `const COLUMNS = ${columns}u; // vectors of 4 output channels\nconst WIDTH = ${x}u;\nconst SLICES = ${slices}u;`,
      ...(shared ? [`var<workgroup> partial: array<vec4<f32>, ${x * slices}>;`] : []),
      ...epilogue.functions,
    ],
    workgroupSize: [x, slices, 1],
    builtins: ["workgroup_id", "local_invocation_id"],
    body: [
      "let column = group.x * WIDTH + local.x;",
      ...(shared
        ? [
            "// An invocation behind the last column reads that one, and meets the others at the barrier.",
            "let source = min(column, COLUMNS - 1u);",
            "var sum = vec4<f32>();",
          ]
        : ["if (column >= COLUMNS) { return; }", "let source = column;", `var sum = ${bias};`]),
      ...parts.flatMap((part) => partLoop(part, lanes)),
      ...(shared
        ? [
            "partial[local.y * WIDTH + local.x] = sum;",
            "workgroupBarrier();",
            "if (local.y == 0u && column < COLUMNS) {",
            `  var total = ${bias};`,
            "  for (var slice = 0u; slice < SLICES; slice++) { total += partial[slice * WIDTH + local.x]; }",
            "  finish(total, 0u, column);",
            "}",
          ]
        : ["finish(sum, 0u, column);"]),
    ],
  });
}

function partLoop({ name, firstRow, rows }: Part, lanes: 1 | 4): readonly string[] {
  const at = firstRow === 0 ? "k" : `${firstRow / lanes}u + k`;
  const head = `for (var k = local.y; k < ${rows / lanes}u; k += SLICES) {`;
  if (lanes === 1) return [head, `  sum += input[${at}] * ${name}[k * COLUMNS + source];`, "}"];
  return [
    head,
    `  let a = input[${at}];`,
    "  let base = k * 4u * COLUMNS + source;",
    `  sum += a.x * ${name}[base] + a.y * ${name}[base + COLUMNS];`,
    `  sum += a.z * ${name}[base + 2u * COLUMNS] + a.w * ${name}[base + 3u * COLUMNS];`,
    "}",
  ];
}
