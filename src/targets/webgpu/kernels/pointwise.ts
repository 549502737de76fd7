import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { formatShape, mapOf, type Shape } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import { channelEpilogue } from "../wgsl/epilogue.ts";
import { grid2, type Grid } from "../wgsl/grid.ts";
import { kernelProgram, lanesFor, type KernelProgram } from "../wgsl/kernel-program.ts";
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
  /** Pixels an invocation computes: each weight vector it loads is used this often. */
  readonly pixels: number;
  /** Invocations that share the input channels of one output. */
  readonly slices: number;
  readonly grid: Grid;
}

/** Of equally cheap ones the first. */
const PIXELS = [4, 8, 2];
const SLICES = [4, 8];
/** Invocations of a workgroup whose channels are shared. */
const SHARED_WORKGROUP = 128;

/**
 * 1x1 conv, stride 1: a product of a pixels x cin matrix and a cin x cout one, held in registers. Where maps are small and
 * there are fewer outputs than a device has places, several invocations share the channels of each.
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
  // Where the pixels go on in z, that is no more free.
  const fits = ({ workgroupBytes, workgroups }: KernelOption) =>
    workgroupBytes <= limits.maxComputeWorkgroupStorageSize && workgroups[2] === 1;
  return [...alone, ...shared.filter(fits)];
}

function optionOf(conv: Pointwise, cut: Cut): KernelOption {
  const { node, input, scaled } = conv;
  const { pixels, slices, grid } = cut;
  const { h, w, c } = mapOf(input);
  const [x, y] = grid.workgroupSize;
  const columns = columnsOf(node.filters);
  const macs = Math.ceil((h * w) / pixels) * pixels * c * columns * 4;
  const groups = grid.workgroups[0] * grid.workgroups[1] * grid.workgroups[2];
  const outputBytes = 4 * h * w * node.filters;
  const cost = {
    macs,
    // A vector of weights serves all pixels, one of input four channels.
    loads: macs * (1 / pixels + 1 / 4),
    bytes: 4 * (h * w * c + (c + 1) * node.filters + (scaled ? c : 0)) + outputBytes,
    // A workgroup reads the input of its pixels and the weights of its columns.
    traffic: groups * 4 * c * (y * pixels + x * 4) + outputBytes,
  };
  return {
    variant: `${pixels} pixels${slices > 1 ? `, channels shared by ${slices}` : ""}`,
    bindings: weightBindings(node) + 1,
    workgroupBytes: slices > 1 ? x * y * slices * pixels * 16 : 0,
    workgroups: grid.workgroups,
    workgroupSize: [x, y, slices],
    cost,
    build: () => build(conv, cut, cost),
  };
}

function build({ node, input, stages, scaled }: Pointwise, cut: Cut, cost: KernelOption["cost"]): KernelProgram {
  const { pixels, slices, grid } = cut;
  const { h, w, c } = mapOf(input);
  const count = h * w;
  const [x, y] = grid.workgroupSize;
  const columns = columnsOf(node.filters);
  const weights = linearWeights(node, input, c, node.filters, 4);
  const epilogue = channelEpilogue(stages, count, node.filters);
  const tile = Array.from({ length: pixels }, (_unused, i) => i);
  const shared = slices > 1;
  const sums = convTile({
    node,
    input,
    bias: weights.hasBias && !shared ? "bias[column]" : null,
    names: { input: "input", kernel: "kernel" },
    column: shared ? "source" : "column",
    pixels: tile.map((i) => {
      const pixel = i === 0 && !shared ? "pixel" : `min(pixel + ${i}u, PIXELS - 1u)`;
      return { pixel, row: "", column: "" };
    }),
    scale: scaled ? "gate" : null,
    share: shared ? { first: "local.z", of: slices } : null,
  });
  return kernelProgram({
    name: `${scaled ? "scaled_" : ""}pointwise_${formatShape(input)}_to_${node.filters}${epilogue.name}_by${pixels}${shared ? `_shared${slices}` : ""}`,
    workgroups: grid.workgroups,
    workgroupSize: [x, y, slices],
    workgroupBytes: shared ? x * y * slices * pixels * 16 : 0,
    cost,
    comment: [
      `${scaled ? "Channels scaled by a gate, then 1x1" : "1x1"} conv, ${formatShape(input)} to ${formatShape(node.shape)}${biasWords(weights)}${epilogue.words}.`,
      `${shared ? `${slices} invocations compute` : "One invocation computes"} 4 output channels of ${pixels} pixels in a row; ${shared ? "their" : "its"} neighbours in x the next channels, in y the next pixels.`,
      ...(shared
        ? ["Each takes its share of the input channels; what they leave in workgroup memory is added up, a pixel each."]
        : []),
    ],
    inputs: [
      { name: "input", lanes: lanesFor(c), elements: count * c },
      ...(scaled ? [{ name: "gate", lanes: lanesFor(c), elements: c }] : []),
      ...epilogue.inputs,
    ],
    weights: weights.packed,
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
            "// An invocation behind the last output computes that one, and meets the others at the barrier.",
            "let source = min(column, COLUMNS - 1u);",
          ]
        : ["if (column >= COLUMNS || pixel >= PIXELS) { return; }"]),
      "// Pixels behind the last one repeat it, and are not stored.",
      ...sums,
      ...(shared ? joinShares(cut, weights.hasBias) : storeAll(tile, count % pixels === 0)),
    ],
  });
}

function storeAll(tile: readonly number[], whole: boolean): readonly string[] {
  return tile.map((i) => {
    const store = `finish(sum${i}, pixel${i > 0 ? ` + ${i}u` : ""}, column);`;
    return i === 0 || whole ? store : `if (pixel + ${i}u < PIXELS) { ${store} }`;
  });
}

function joinShares({ pixels, slices, grid }: Cut, hasBias: boolean): readonly string[] {
  const [x, y] = grid.workgroupSize;
  return [
    `let place = local.y * ${x}u + local.x;`,
    ...Array.from(
      { length: pixels },
      (_unused, i) => `partial[(local.z * ${pixels}u + ${i}u) * ${x * y}u + place] = sum${i};`,
    ),
    "workgroupBarrier();",
    `if (local.z >= ${pixels}u || column >= COLUMNS || pixel + local.z >= PIXELS) { return; }`,
    `var total = ${hasBias ? "bias[column]" : "vec4<f32>()"};`,
    `for (var slice = 0u; slice < ${slices}u; slice++) {`,
    `  total += partial[(slice * ${pixels}u + local.z) * ${x * y}u + place];`,
    "}",
    "finish(total, pixel + local.z, column);",
  ];
}
