import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { formatShape, mapOf } from "../../../ir/shape.ts";
import { epilogueWeights, type EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import type { InnerLayer } from "../schedule/work.ts";
import { activateAll, activationFunctions } from "../wgsl/activation.ts";
import { channelEpilogue } from "../wgsl/epilogue.ts";
import { inputBinding, lanesFor } from "../wgsl/binding.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";
import { isNanFunction } from "../wgsl/not-a-number.ts";
import { convTile, tilePixels } from "./conv-tile.ts";
import type { KernelContext, KernelOption } from "./kernel-option.ts";
import { biasWords, linearWeights, weightBindings } from "./linear-weights.ts";
import { columnsOf } from "./pack-channels.ts";
import { larger } from "./pool.ts";
import { windowName } from "./window-text.ts";

interface Fused {
  readonly conv: InnerLayer<"conv">;
  readonly node: ShapedNodeOf<"global_pool">;
  readonly stages: readonly EpilogueStage[];
}

/** How the work is cut: vectors of channels of a workgroup, its rows of invocations, pixels that one computes at once. */
interface Cut {
  readonly width: number;
  readonly lines: number;
  readonly pixels: number;
}

const WIDTHS = [2, 4, 8, 16];

/**
 * A conv, its activation and the mean or maximum over its whole map, which is never in memory. A workgroup owns a few
 * channels, and its invocations share the pixels. Each workgroup reads the whole input and the weights of its channels.
 */
export function convPoolOptions(fused: Fused, { limits }: KernelContext): readonly KernelOption[] {
  const map = mapOf(fused.conv.node.shape);
  const all = columnsOf(map.c);
  const most = limits.maxComputeInvocationsPerWorkgroup;
  return WIDTHS.filter((width) => width < 2 * all || width === 2).flatMap((width) =>
    tilePixels(fused.conv.node).map((pixels) => {
      const storage = Math.floor(limits.maxComputeWorkgroupStorageSize / (width * 16));
      const lines = Math.max(1, Math.min(Math.floor(most / width), storage, Math.ceil((map.h * map.w) / pixels)));
      return optionOf(fused, { width, lines, pixels });
    }),
  );
}

function optionOf(fused: Fused, cut: Cut): KernelOption {
  const sizes = sizesOf(fused, cut);
  const cost = costOf(sizes);
  const { conv, width, lines, pixels, workgroups, workgroupBytes } = sizes;
  return {
    variant: `${width * 4} channels, ${pixels} pixels`,
    bindings: weightBindings(conv.node) + epilogueWeights(fused.stages) + 1,
    workgroupBytes,
    workgroups,
    workgroupSize: [width, lines, 1],
    cost,
    build: (layout) => build(sizes, cost, layout),
  };
}

type Sizes = ReturnType<typeof sizesOf>;

/** What both the cost and the text of a program are made of. */
function sizesOf(fused: Fused, cut: Cut) {
  const { node } = fused.conv;
  const map = mapOf(node.shape);
  const columns = columnsOf(map.c);
  const workgroups = [Math.ceil(columns / cut.width), 1, 1] as const;
  const input = mapOf(fused.conv.input);
  const depth = node.kernel[0] * node.kernel[1] * input.c;
  const workgroupBytes = cut.width * cut.lines * 16;
  return { ...fused, ...cut, input, map, count: map.h * map.w, columns, depth, workgroups, workgroupBytes };
}

function costOf({ width, lines, pixels, input, map, count, columns, depth, workgroups: [groups] }: Sizes) {
  const rounds = Math.ceil(count / (lines * pixels));
  const macs = groups * width * lines * rounds * pixels * 4 * depth;
  const inputBytes = 4 * input.h * input.w * input.c;
  const weightBytes = (depth + 1) * 16;
  return {
    macs,
    // A vector of weights serves all pixels, one of input four channels.
    loads: macs * (1 / pixels + 1 / 4),
    bytes: inputBytes + weightBytes * columns + 4 * map.c,
    traffic: groups * (inputBytes + weightBytes * width),
  };
}

function build(sizes: Sizes, cost: KernelOption["cost"], layout: StepLayout): KernelProgram {
  const { conv, node, stages, width, lines, pixels, input, map, count, columns, workgroups, workgroupBytes } = sizes;
  const source = inputBinding("input", lanesFor(input.c), input.h * input.w * input.c, layout.inputs[0]);
  const weights = linearWeights(conv.node, conv.input, 4, layout.weights);
  const epilogue = channelEpilogue(stages, 1, map.c, layout);
  const inner = conv.activations.map(({ fn }) => fn);
  const tile = Array.from({ length: pixels }, (_unused, i) => i);
  const average = node.mode === "avg";
  const activated = (i: number) => activateAll(conv.activations, `sum${i}`);
  const join = (value: string) => (average ? `total += ${value};` : `total = larger(total, ${value});`);
  return kernelProgram({
    name: [
      `conv_${windowName(conv.node)}_${formatShape(conv.input)}_to_${map.c}`,
      ...inner,
      `global_${node.mode}${epilogue.name}`,
      `tile${width * 4}_by${pixels}`,
    ].join("_"),
    workgroups,
    workgroupSize: [width, lines, 1],
    workgroupBytes,
    cost,
    comment: [
      `${conv.node.kernel.join("x")} conv, ${formatShape(conv.input)} to ${formatShape(conv.node.shape)}${[biasWords(weights), ...inner.map((fn) => `, ${fn}`)].join("")};`,
      `then the ${average ? "average" : "maximum"} of the whole map${epilogue.words}.`,
      `A workgroup owns ${width * 4} channels; its ${lines} rows of invocations share the pixels, ${pixels} at a time each, and the first row joins`,
      "what they leave in workgroup memory. Neighbours in x have the next 4 channels.",
    ],
    inputs: [source, ...epilogue.inputs],
    weights: [...weights.packed, ...epilogue.weights],
    output: epilogue.output,
    declarations: [
      [
        `const PIXELS = ${count}u;`,
        `const MAP_W = ${map.w}u;`,
        `const COLUMNS = ${columns}u; // vectors of 4 channels`,
        `const WIDTH = ${width}u; // those of a workgroup`,
        `const LINES = ${lines}u;`,
      ].join("\n"),
      "var<workgroup> partial: array<vec4<f32>, WIDTH * LINES>;",
      ...(average ? [] : [isNanFunction(4), larger(4)]),
      ...activationFunctions(conv.activations, 4),
      ...epilogue.functions,
    ],
    builtins: ["workgroup_id", "local_invocation_id"],
    body: [
      "let column = group.x * WIDTH + local.x;",
      "// An invocation after the last column computes that one, and meets the others at the barrier.",
      "let source = min(column, COLUMNS - 1u);",
      "var total = vec4<f32>();",
      `for (var line = local.y; line < PIXELS; line += LINES * ${pixels}u) {`,
      ...tile.map((i) => `  let spot${i} = ${i === 0 ? "line" : `min(line + ${i}u * LINES, PIXELS - 1u)`};`),
      ...convTile({
        node: conv.node,
        input: conv.input,
        bias: weights.biasAt("source"),
        source,
        kernel: weights.kernel,
        column: "source",
        pixels: tile.map((i) => ({ pixel: `spot${i}`, row: `(spot${i} / MAP_W)`, column: `(spot${i} % MAP_W)` })),
      }).map((line) => `  ${line}`),
      average
        ? `  ${join(activated(0))}`
        : `  if (line == local.y) { total = ${activated(0)}; } else { ${join(activated(0))} }`,
      ...tile.slice(1).map((i) => {
        const always = count % (lines * pixels) === 0;
        return always ? `  ${join(activated(i))}` : `  if (line + ${i}u * LINES < PIXELS) { ${join(activated(i))} }`;
      }),
      "}",
      "partial[local.y * WIDTH + local.x] = total;",
      "workgroupBarrier();",
      "if (local.y == 0u && column < COLUMNS) {",
      `  for (var line = 1u; line < LINES; line++) { ${join("partial[line * WIDTH + local.x]")} }`,
      `  finish(total${average ? ` / ${count}.0` : ""}, 0u, column);`,
      "}",
    ],
  });
}
