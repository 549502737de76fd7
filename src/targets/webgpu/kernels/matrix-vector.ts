import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { elementsOf, formatShape, mapOf, type Shape } from "../../../ir/shape.ts";
import type { LimitProfile } from "../schedule/limits.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { channelEpilogue } from "../wgsl/epilogue.ts";
import { powerOfTwoUpTo } from "../wgsl/grid.ts";
import { inputBinding, lanesFor, load, zeroOf, type InputBinding, type PackedWeight } from "../wgsl/binding.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";
import { onlyOption, type KernelOption } from "./kernel-option.ts";
import { biasWords, linearWeights } from "./linear-weights.ts";
import { columnsOf } from "./pack-channels.ts";

const WORKGROUP = 64;
/** Vectors of output channels that a workgroup computes, where the rest of its invocations share the rows. */
const MOST_COLUMNS = 8;

/** Tells whether a conv's window is the whole input, once, so that its kernel, flattened, is a dense layer's. */
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

/** Rows of the matrix that one weight binding holds. */
interface Part {
  readonly weight: PackedWeight;
  readonly firstRow: number;
  readonly rows: number;
}

/** Cuts a kernel of `rows` into parts that keep to the limit on bindings. */
function partsOf(whole: PackedWeight, rows: number, columns: number, limits: LimitProfile): readonly Part[] {
  const most = Math.max(4, Math.floor(limits.maxStorageBufferBindingSize / (columns * 16) / 4) * 4);
  const count = Math.ceil(rows / most);
  if (count === 1) return [{ weight: whole, firstRow: 0, rows }];
  return Array.from({ length: count }, (_unused, index) => {
    const firstRow = index * most;
    const held = Math.min(most, rows - firstRow);
    const name = index === 0 ? "kernel" : `kernel${index}`;
    const pack: PackedWeight["pack"] = (bind) =>
      whole.pack(bind).subarray(firstRow * columns * 4, (firstRow + held) * columns * 4);
    return { weight: { ...whole, name, slot: name, elements: held * columns * 4, pack }, firstRow, rows: held };
  });
}

/**
 * Dense layer, or a conv over the whole of its input. An invocation computes 4 output channels, or shares the rows of the matrix
 * with others of its workgroup. The weights are read once, which is nearly all that is moved.
 */
export function matrixVectorOptions(
  node: ShapedNodeOf<"dense" | "conv">,
  input: Shape,
  stages: readonly EpilogueStage[],
  limits: LimitProfile,
): readonly KernelOption[] {
  return [true, false].map((split) =>
    onlyOption((layout) => matrixVector({ node, input, stages, split }, limits, layout), split ? "rows shared" : ""),
  );
}

interface MatrixVector {
  readonly node: ShapedNodeOf<"dense" | "conv">;
  readonly input: Shape;
  readonly stages: readonly EpilogueStage[];
  /** Whether several invocations share the rows of a column. */
  readonly split: boolean;
}

function matrixVector(
  { node, input, stages, split }: MatrixVector,
  limits: LimitProfile,
  layout: StepLayout,
): KernelProgram {
  const rows = elementsOf(input);
  const channels = elementsOf(node.shape);
  const columns = columnsOf(channels);
  const lanes = lanesFor(rows);
  const vector = inputBinding("input", lanes, rows, layout.inputs[0]);
  const weights = linearWeights(node, input, 4, layout.weights);
  const parts = partsOf(weights.kernel, rows, columns, limits);
  const [, ...bias] = weights.packed;
  const epilogue = channelEpilogue(stages, 1, channels, layout);
  const x = powerOfTwoUpTo(columns, split ? MOST_COLUMNS : WORKGROUP);
  const slices = split ? powerOfTwoUpTo(rows / lanes, WORKGROUP / x) : 1;
  const shared = slices > 1;
  const start = weights.biasAt("column");
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
    inputs: [vector, ...epilogue.inputs],
    weights: [...parts.map(({ weight }) => weight), ...bias, ...epilogue.weights],
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
            "// An invocation after the last column reads that one, and meets the others at the barrier.",
            "let source = min(column, COLUMNS - 1u);",
            `var sum = ${zeroOf(4)};`,
          ]
        : ["if (column >= COLUMNS) { return; }", "let source = column;", `var sum = ${start};`]),
      ...parts.flatMap((part) => partLoop(part, vector)),
      ...(shared
        ? [
            "partial[local.y * WIDTH + local.x] = sum;",
            "workgroupBarrier();",
            "if (local.y == 0u && column < COLUMNS) {",
            `  var total = ${start};`,
            "  for (var slice = 0u; slice < SLICES; slice++) { total += partial[slice * WIDTH + local.x]; }",
            "  finish(total, 0u, column);",
            "}",
          ]
        : ["finish(sum, 0u, column);"]),
    ],
  });
}

function partLoop({ weight, firstRow, rows }: Part, vector: InputBinding): readonly string[] {
  const { lanes } = vector;
  const read = load(vector, firstRow === 0 ? "k" : `${firstRow / lanes}u + k`);
  const row = (at: string) => load(weight, at);
  const head = `for (var k = local.y; k < ${rows / lanes}u; k += SLICES) {`;
  if (lanes === 1) return [head, `  sum += ${read} * ${row("k * COLUMNS + source")};`, "}"];
  return [
    head,
    `  let a = ${read};`,
    "  let base = k * 4u * COLUMNS + source;",
    `  sum += a.x * ${row("base")} + a.y * ${row("base + COLUMNS")};`,
    `  sum += a.z * ${row("base + 2u * COLUMNS")} + a.w * ${row("base + 3u * COLUMNS")};`,
    "}",
  ];
}
