import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { channelsOf, formatShape, mapOf, type Shape } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { InnerLayer } from "../schedule/work.ts";
import { activationCall, activationFunctions } from "../wgsl/activation.ts";
import { channelEpilogue } from "../wgsl/epilogue.ts";
import { powerOfTwoUpTo } from "../wgsl/grid.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";
import { isNanFunction } from "../wgsl/not-a-number.ts";
import type { KernelContext, KernelOption } from "./kernel-option.ts";
import { biasWords, linearWeights, weightBindings } from "./linear-weights.ts";
import { columnsOf } from "./pack-channels.ts";
import { larger } from "./pool.ts";

interface SqueezeExcite {
  readonly pool: ShapedNodeOf<"global_pool">;
  readonly reduce: InnerLayer<"conv" | "dense">;
  readonly expand: ShapedNodeOf<"conv" | "dense">;
  readonly input: Shape;
  readonly stages: readonly EpilogueStage[];
}

/** Vectors that invocations stand for side by side; the rest of them share the pixels, or the rows. */
const WIDTH = 32;

/**
 * A global pool and two layers on its vector, all by one workgroup: each of the three needs the whole of what the one before
 * left, which for one workgroup is a barrier and for several a dispatch.
 */
export function squeezeExciteOptions(fused: SqueezeExcite, { limits }: KernelContext): readonly KernelOption[] {
  const { reduce, expand, input } = fused;
  const { h, w, c } = mapOf(input);
  const middle = channelsOf(reduce.node.shape);
  const out = channelsOf(expand.shape);
  const slices = powerOfTwoUpTo(limits.maxComputeInvocationsPerWorkgroup / WIDTH, 8);
  const vectors = columnsOf(c) + columnsOf(middle) + WIDTH * slices;
  if (vectors * 16 > limits.maxComputeWorkgroupStorageSize) return [];
  const weights = c * columnsOf(middle) * 4 + middle * columnsOf(out) * 4;
  const cost = {
    macs: h * w * c + weights,
    loads: h * w * c + weights,
    bytes: 4 * (h * w * c + weights + out),
    traffic: 4 * (h * w * c + weights + out),
  };
  return [
    {
      variant: "one workgroup",
      bindings: weightBindings(reduce.node) + weightBindings(expand) + 1,
      workgroupBytes: vectors * 16,
      workgroups: [1, 1, 1],
      workgroupSize: [WIDTH, slices, 1],
      cost,
      build: () => build(fused, slices, vectors * 16, cost),
    },
  ];
}

function build(
  { pool, reduce, expand, input, stages }: SqueezeExcite,
  slices: number,
  workgroupBytes: number,
  cost: KernelOption["cost"],
): KernelProgram {
  const { h, w, c } = mapOf(input);
  const middle = channelsOf(reduce.node.shape);
  const out = channelsOf(expand.shape);
  const lanes = c % 4 === 0 ? 4 : 1;
  const reduceWeights = linearWeights(reduce.node, reduce.input, c, middle, 4, "reduce_");
  const expandWeights = linearWeights(expand, reduce.node.shape, middle, out, 4, "expand_");
  const epilogue = channelEpilogue(stages, 1, out);
  const average = pool.mode === "avg";
  const inner = reduce.activations.map(({ fn }) => fn);
  const activated = reduce.activations.reduce((sum, activation) => activationCall(activation, sum), "total");
  const join = (into: string, value: string) =>
    average ? `${into} += ${value};` : `${into} = larger(${into}, ${value});`;
  const read =
    lanes === 4
      ? "input[pixel * INPUT_COLUMNS + column]"
      : `vec4<f32>(${[0, 1, 2, 3].map((i) => `input[pixel * ${c}u + min(column * 4u + ${i}u, ${c - 1}u)]`).join(", ")})`;
  // Sums of one phase over the slices: the columns in rounds, so that all meet at the barriers.
  const inRounds = (columns: string, sum: readonly string[], joined: readonly string[]) => [
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
  const rows = (vector: string, kernel: string, count: number, columns: string) => [
    "var sum = vec4<f32>();",
    `for (var row = local.y; row < ${count}u; row += SLICES) {`,
    `  sum += ${vector}[row / 4u][row % 4u] * ${kernel}[row * ${columns} + column];`,
    "}",
  ];
  const added = (bias: string | null) => [
    `var total = ${bias ?? "vec4<f32>()"};`,
    "for (var slice = 0u; slice < SLICES; slice++) { total += partial[slice * WIDTH + local.x]; }",
  ];
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
    inputs: [{ name: "input", lanes, elements: h * w * c }, ...epilogue.inputs],
    weights: [...reduceWeights.packed, ...expandWeights.packed],
    output: epilogue.output,
    declarations: [
      [
        `const PIXELS = ${h * w}u;`,
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
      ...inRounds(
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
          `pooled[column] = total${average ? ` / ${h * w}.0` : ""};`,
        ],
      ),
      ...inRounds("MIDDLE_COLUMNS", rows("pooled", "reduce_kernel", c, "MIDDLE_COLUMNS"), [
        ...added(reduceWeights.hasBias ? "reduce_bias[column]" : null),
        `middle[column] = ${activated};`,
      ]),
      ...inRounds("COLUMNS", rows("middle", "expand_kernel", middle, "COLUMNS"), [
        ...added(expandWeights.hasBias ? "expand_bias[column]" : null),
        "finish(total, 0u, column);",
      ]),
    ],
  });
}
