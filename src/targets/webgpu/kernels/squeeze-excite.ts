import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { channelsOf, formatShape, mapOf, type Shape } from "../../../ir/shape.ts";
import { epilogueWeights, type EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import type { InnerLayer } from "../schedule/work.ts";
import { activateAll, activationFunctions } from "../wgsl/activation.ts";
import { inputBinding, lanesFor, load, zeroOf, type InputBinding } from "../wgsl/binding.ts";
import { channelEpilogue } from "../wgsl/epilogue.ts";
import { powerOfTwoUpTo } from "../wgsl/grid.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";
import { isNanFunction } from "../wgsl/not-a-number.ts";
import type { KernelContext, KernelOption } from "./kernel-option.ts";
import { biasWords, linearWeights, weightBindings, type LinearWeights } from "./linear-weights.ts";
import { columnsOf } from "./pack-channels.ts";
import { larger } from "./pool.ts";

interface SqueezeExcite {
  readonly pool: ShapedNodeOf<"global_pool">;
  readonly reduce: InnerLayer<"conv" | "dense">;
  readonly expand: ShapedNodeOf<"conv" | "dense">;
  readonly input: Shape;
  readonly stages: readonly EpilogueStage[];
}

/** Vectors that invocations compute side by side. The other invocations share the pixels, or the rows. */
const WIDTH = 32;

/**
 * A global pool and two layers on its vector, all by one workgroup. Each of the three needs all that the one before it left: one
 * workgroup waits for that at a barrier, several would need a dispatch. Neighbours compute the next 4 channels, and rows of
 * invocations share the pixels or the rows of a matrix. The map, both matrices and the output are moved once.
 */
export function squeezeExciteOptions(fused: SqueezeExcite, { limits }: KernelContext): readonly KernelOption[] {
  const slices = powerOfTwoUpTo(limits.maxComputeInvocationsPerWorkgroup / WIDTH, 8);
  const sizes = sizesOf(fused, slices);
  const { reduce, expand, workgroupBytes } = sizes;
  if (workgroupBytes > limits.maxComputeWorkgroupStorageSize) return [];
  const cost = costOf(sizes);
  return [
    {
      variant: "one workgroup",
      bindings: weightBindings(reduce.node) + weightBindings(expand) + epilogueWeights(fused.stages) + 1,
      workgroupBytes,
      workgroups: [1, 1, 1],
      workgroupSize: [WIDTH, slices, 1],
      cost,
      build: (layout) => build(sizes, cost, layout),
    },
  ];
}

type Sizes = ReturnType<typeof sizesOf>;

/** What both the cost and the text of a program are made of. */
function sizesOf(fused: SqueezeExcite, slices: number) {
  const { h, w, c } = mapOf(fused.input);
  const middle = channelsOf(fused.reduce.node.shape);
  const out = channelsOf(fused.expand.shape);
  const workgroupBytes = 16 * (columnsOf(c) + columnsOf(middle) + WIDTH * slices);
  return { ...fused, slices, pixels: h * w, c, middle, out, workgroupBytes };
}

function costOf({ pixels, c, middle, out }: Sizes) {
  const weights = c * columnsOf(middle) * 4 + middle * columnsOf(out) * 4;
  const numbers = pixels * c + weights;
  return { macs: numbers, loads: numbers, bytes: 4 * (numbers + out), traffic: 4 * (numbers + out) };
}

/** Sums of one phase over the slices. Columns come in rounds, so that all invocations meet at the barriers. */
function inRounds(columns: string, sum: readonly string[], joined: readonly string[]): readonly string[] {
  return [
    `for (var first = 0u; first < ${columns}; first += WIDTH) {`,
    `  let column = min(first + local.x, ${columns} - 1u);`,
    ...sum.map((line) => `  ${line}`),
    "  partial[local.y * WIDTH + local.x] = sum;",
    "  workgroupBarrier();",
    `  if (local.y == 0u && first + local.x < ${columns}) {`,
    ...joined.map((line) => `    ${line}`),
    "  }",
    "  workgroupBarrier();",
    "}",
  ];
}

/** The pool: each slice joins its share of the pixels of a column, and the first slice joins the slices. */
function poolPhase({ pool, pixels, c }: Sizes, input: InputBinding): readonly string[] {
  const average = pool.mode === "avg";
  const join = (into: string, value: string) =>
    average ? `${into} += ${value};` : `${into} = larger(${into}, ${value});`;
  const lane = (i: number) => load(input, `pixel * ${c}u + min(column * 4u + ${i}u, ${c - 1}u)`);
  const read =
    input.lanes === 4
      ? load(input, "pixel * INPUT_COLUMNS + column")
      : `vec4<f32>(${[0, 1, 2, 3].map(lane).join(", ")})`;
  return inRounds(
    "INPUT_COLUMNS",
    [
      "var pixel = min(local.y, PIXELS - 1u);",
      `var sum = ${read};`,
      "for (pixel += SLICES; pixel < PIXELS; pixel += SLICES) {",
      `  ${join("sum", read)}`,
      "}",
    ],
    [
      "var total = partial[local.x];",
      `for (var slice = 1u; slice < min(SLICES, PIXELS); slice++) { ${join("total", "partial[slice * WIDTH + local.x]")} }`,
      `pooled[column] = total${average ? ` / ${pixels}.0` : ""};`,
    ],
  );
}

interface Layer {
  /** The vector in workgroup memory that it reads, of `count` numbers. */
  readonly vector: string;
  readonly count: number;
  readonly weights: LinearWeights;
  /** Constant that counts its vectors of output channels. */
  readonly columns: string;
  /** What becomes of the `total` of a column. */
  readonly end: string;
}

/** A layer on a vector: each slice sums up its share of the matrix's rows, and the first slice adds the slices up. */
function layerPhase({ vector, count, weights, columns, end }: Layer): readonly string[] {
  return inRounds(
    columns,
    [
      `var sum = ${zeroOf(4)};`,
      `for (var row = local.y; row < ${count}u; row += SLICES) {`,
      `  sum += ${vector}[row / 4u][row % 4u] * ${load(weights.kernel, `row * ${columns} + column`)};`,
      "}",
    ],
    [
      `var total = ${weights.biasAt("column")};`,
      "for (var slice = 0u; slice < SLICES; slice++) { total += partial[slice * WIDTH + local.x]; }",
      end,
    ],
  );
}

function build(sizes: Sizes, cost: KernelOption["cost"], layout: StepLayout): KernelProgram {
  const { pool, reduce, expand, input, stages, slices, pixels, c, middle, out, workgroupBytes } = sizes;
  const source = inputBinding("input", lanesFor(c), pixels * c, layout.inputs[0]);
  const reduceWeights = linearWeights(reduce.node, reduce.input, 4, layout.weights, "reduce_");
  const expandWeights = linearWeights(expand, reduce.node.shape, 4, layout.weights, "expand_");
  const epilogue = channelEpilogue(stages, 1, out, layout);
  const average = pool.mode === "avg";
  const inner = reduce.activations.map(({ fn }) => fn);
  return kernelProgram({
    name: `squeeze_excite_${pool.mode}_${formatShape(input)}_${[middle, ...inner].join("_")}_${out}${epilogue.name}`,
    workgroups: [1, 1, 1],
    workgroupSize: [WIDTH, slices, 1],
    workgroupBytes,
    cost,
    comment: [
      `Global ${average ? "average" : "maximum"} of ${formatShape(input)}; a layer of ${middle} on it${[biasWords(reduceWeights), ...inner.map((fn) => `, ${fn}`)].join("")};`,
      `and one of ${out} on that${biasWords(expandWeights)}${epilogue.words}.`,
      `One workgroup computes it all. Neighbours in x have the next 4 channels; the ${slices} rows of invocations share the pixels, or the rows of`,
      "a matrix, and the first of them joins what they leave in workgroup memory.",
    ],
    inputs: [source, ...epilogue.inputs],
    weights: [...reduceWeights.packed, ...expandWeights.packed, ...epilogue.weights],
    output: epilogue.output,
    declarations: [
      [
        `const PIXELS = ${pixels}u;`,
        `const INPUT_COLUMNS = ${columnsOf(c)}u; // vectors of 4 channels`,
        `const MIDDLE_COLUMNS = ${columnsOf(middle)}u;`,
        `const COLUMNS = ${columnsOf(out)}u;`,
        `const WIDTH = ${WIDTH}u;`,
        `const SLICES = ${slices}u;`,
      ].join("\n"),
      [
        "var<workgroup> partial: array<vec4<f32>, WIDTH * SLICES>;",
        "var<workgroup> pooled: array<vec4<f32>, INPUT_COLUMNS>;",
        "var<workgroup> middle: array<vec4<f32>, MIDDLE_COLUMNS>;",
      ].join("\n"),
      ...(average ? [] : [isNanFunction(4), larger(4)]),
      ...activationFunctions(reduce.activations, 4),
      ...epilogue.functions,
    ],
    builtins: ["local_invocation_id"],
    body: [
      "// A slice without a pixel of its own repeats the last, and is not joined.",
      ...poolPhase(sizes, source),
      ...layerPhase({
        vector: "pooled",
        count: c,
        weights: reduceWeights,
        columns: "MIDDLE_COLUMNS",
        end: `middle[column] = ${activateAll(reduce.activations, "total")};`,
      }),
      ...layerPhase({
        vector: "middle",
        count: middle,
        weights: expandWeights,
        columns: "COLUMNS",
        end: "finish(total, 0u, column);",
      }),
    ],
  });
}
