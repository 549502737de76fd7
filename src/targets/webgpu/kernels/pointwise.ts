import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { formatShape, mapOf, type Shape } from "../../../ir/shape.ts";
import { epilogueWeights, type EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { channelEpilogue } from "../wgsl/epilogue.ts";
import { grid2, type Grid } from "../wgsl/grid.ts";
import { inputBinding, lanesFor, zeroOf } from "../wgsl/binding.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";
import { convTile } from "./conv-tile.ts";
import type { KernelContext, KernelOption } from "./kernel-option.ts";
import { biasWords, linearWeights, weightBindings } from "./linear-weights.ts";
import { columnsOf } from "./pack-channels.ts";

interface Pointwise {
  readonly node: ShapedNodeOf<"conv">;
  readonly input: Shape;
  readonly stages: readonly EpilogueStage[];
  /** Whether a second input scales the channels of the first. */
  readonly scaled: boolean;
}

/** How the work is cut. */
interface Cut {
  /** Pixels that an invocation computes: it uses each vector of weights that it loads this often. */
  readonly pixels: number;
  /** Invocations that share the input channels of one output. */
  readonly slices: number;
  readonly grid: Grid;
}

/** Of equally cheap ones the first is taken. */
const PIXELS = [4, 8, 2];
const SLICES = [4, 8];
/** Invocations of a workgroup whose channels are shared. */
const SHARED_WORKGROUP = 128;

/**
 * 1x1 conv of stride 1: the product of a pixels x cin matrix and a cin x cout matrix, with sums in registers. An invocation
 * computes 4 output channels of a few pixels. Where maps are small and there are fewer outputs than a device has places, several
 * invocations share the input channels of each. A workgroup reads the input of its pixels and the weights of its columns.
 */
export function pointwiseOptions(conv: Pointwise, { limits, facts }: KernelContext): readonly KernelOption[] {
  const { h, w, c } = mapOf(conv.input);
  const columns = columnsOf(conv.node.filters);
  const most = Math.min(SHARED_WORKGROUP, limits.maxComputeInvocationsPerWorkgroup);
  const choices = PIXELS.filter((pixels) => pixels <= facts.pixels);
  const alone = choices.map((pixels) => {
    const grid = grid2(columns, Math.ceil((h * w) / pixels));
    return optionOf(conv, { pixels, slices: 1, grid });
  });
  const shared = choices.flatMap((pixels) =>
    SLICES.filter((slices) => slices >= pixels && 4 * slices <= c).map((slices) => {
      const grid = grid2(columns, Math.ceil((h * w) / pixels), most / slices);
      return optionOf(conv, { pixels, slices, grid });
    }),
  );
  // Slices need z, which some large maps take for their pixels.
  const fits = ({ workgroupBytes, workgroups }: KernelOption) =>
    workgroupBytes <= limits.maxComputeWorkgroupStorageSize && workgroups[2] === 1;
  return [...alone, ...shared.filter(fits)];
}

function optionOf(conv: Pointwise, cut: Cut): KernelOption {
  const sizes = sizesOf(conv, cut);
  const cost = costOf(sizes);
  const { pixels, slices, workgroupBytes, grid, x, y, node } = sizes;
  return {
    variant: `${pixels} pixels${slices > 1 ? `, channels shared by ${slices}` : ""}`,
    bindings: weightBindings(node) + epilogueWeights(conv.stages) + 1,
    workgroupBytes,
    workgroups: grid.workgroups,
    workgroupSize: [x, y, slices],
    cost,
    build: (layout) => build(sizes, cost, layout),
  };
}

type Sizes = ReturnType<typeof sizesOf>;

/** What both the cost and the text of a program are made of. */
function sizesOf(conv: Pointwise, cut: Cut) {
  const { h, w, c } = mapOf(conv.input);
  const [x, y] = cut.grid.workgroupSize;
  const shared = cut.slices > 1;
  const workgroupBytes = shared ? x * y * cut.slices * cut.pixels * 16 : 0;
  return { ...conv, ...cut, c, count: h * w, columns: columnsOf(conv.node.filters), x, y, shared, workgroupBytes };
}

function costOf({ node, scaled, pixels, grid, count, c, columns, x, y }: Sizes) {
  const macs = Math.ceil(count / pixels) * pixels * c * columns * 4;
  const groups = grid.workgroups[0] * grid.workgroups[1] * grid.workgroups[2];
  const outputBytes = 4 * count * node.filters;
  return {
    macs,
    // A vector of weights serves all pixels, one of input four channels.
    loads: macs * (1 / pixels + 1 / 4),
    bytes: 4 * (count * c + (c + 1) * node.filters + (scaled ? c : 0)) + outputBytes,
    // A workgroup reads the input of its pixels and the weights of its columns.
    traffic: groups * 4 * c * (y * pixels + x * 4) + outputBytes,
  };
}

function build(sizes: Sizes, cost: KernelOption["cost"], layout: StepLayout): KernelProgram {
  const { node, input, stages, scaled, pixels, slices, grid, c, count, columns, x, y, shared, workgroupBytes } = sizes;
  const lanes = lanesFor(c);
  const source = inputBinding("input", lanes, count * c, layout.inputs[0]);
  const gate = scaled ? inputBinding("gate", lanes, c, layout.inputs[1]) : null;
  const weights = linearWeights(node, input, 4, layout.weights);
  const epilogue = channelEpilogue(stages, count, node.filters, layout);
  const tile = Array.from({ length: pixels }, (_unused, i) => i);
  const sums = convTile({
    node,
    input,
    bias: shared ? zeroOf(4) : weights.biasAt("column"),
    source,
    kernel: weights.kernel,
    column: shared ? "source" : "column",
    pixels: tile.map((i) => {
      const pixel = i === 0 && !shared ? "pixel" : `min(pixel + ${i}u, PIXELS - 1u)`;
      return { pixel, row: "", column: "" };
    }),
    scale: gate,
    share: shared ? { first: "local.z", of: slices } : null,
  });
  return kernelProgram({
    name: `${scaled ? "scaled_" : ""}pointwise_${formatShape(input)}_to_${node.filters}${epilogue.name}_by${pixels}${shared ? `_shared${slices}` : ""}`,
    workgroups: grid.workgroups,
    workgroupSize: [x, y, slices],
    workgroupBytes,
    cost,
    comment: [
      `${scaled ? "Channels scaled by a gate, then 1x1" : "1x1"} conv, ${formatShape(input)} to ${formatShape(node.shape)}${biasWords(weights)}${epilogue.words}.`,
      `${shared ? `${slices} invocations compute` : "One invocation computes"} 4 output channels of ${pixels} pixels in a row; ${shared ? "their" : "its"} neighbours in x the next channels, in y the next pixels.`,
      ...(shared
        ? ["Each takes its share of the input channels; what they leave in workgroup memory is added up, a pixel each."]
        : []),
    ],
    inputs: [source, ...(gate === null ? [] : [gate]), ...epilogue.inputs],
    weights: [...weights.packed, ...epilogue.weights],
    output: epilogue.output,
    declarations: [
      `const PIXELS = ${count}u;\nconst COLUMNS = ${columns}u; // vectors of 4 output channels`,
      ...(shared ? [`var<workgroup> partial: array<vec4<f32>, ${x * y * slices * pixels}>;`] : []),
      ...epilogue.functions,
    ],
    builtins: shared ? ["global_invocation_id", "local_invocation_id"] : ["global_invocation_id"],
    body: [
      "let column = id.x;",
      `let pixel = (${grid.second}) * ${pixels}u;`,
      ...(shared
        ? [
            "// An invocation after the last output computes that one, and meets the others at the barrier.",
            "let source = min(column, COLUMNS - 1u);",
          ]
        : ["if (column >= COLUMNS || pixel >= PIXELS) { return; }"]),
      "// Pixels after the last one repeat it, and are not stored.",
      ...sums,
      ...(shared ? joinShares(sizes, weights.biasAt("column")) : storeAll(tile, count % pixels === 0)),
    ],
  });
}

function storeAll(tile: readonly number[], whole: boolean): readonly string[] {
  return tile.map((i) => {
    const store = `finish(sum${i}, pixel${i > 0 ? ` + ${i}u` : ""}, column);`;
    return i === 0 || whole ? store : `if (pixel + ${i}u < PIXELS) { ${store} }`;
  });
}

function joinShares({ pixels, slices, x, y }: Sizes, bias: string): readonly string[] {
  return [
    `let place = local.y * ${x}u + local.x;`,
    ...Array.from(
      { length: pixels },
      (_unused, i) => `partial[(local.z * ${pixels}u + ${i}u) * ${x * y}u + place] = sum${i};`,
    ),
    "workgroupBarrier();",
    `if (local.z >= ${pixels}u || column >= COLUMNS || pixel + local.z >= PIXELS) { return; }`,
    `var total = ${bias};`,
    `for (var slice = 0u; slice < ${slices}u; slice++) {`,
    `  total += partial[(slice * ${pixels}u + local.z) * ${x * y}u + place];`,
    "}",
    "finish(total, pixel + local.z, column);",
  ];
}
