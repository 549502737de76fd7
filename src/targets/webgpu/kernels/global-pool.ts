import { formatShape, mapOf, type Shape } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { elementEpilogue } from "../wgsl/epilogue.ts";
import { powerOfTwoUpTo } from "../wgsl/grid.ts";
import { inputBinding, lanesFor, load, typeOf } from "../wgsl/binding.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";
import { isNanFunction } from "../wgsl/not-a-number.ts";
import { onlyOption, type KernelOption } from "./kernel-option.ts";
import { larger } from "./pool.ts";

const WORKGROUP = 64;
/** Channels, or vectors of channels, that a workgroup pools. The rest of its invocations share the pixels. */
const MOST_CHANNELS = 8;

/** The mean, the maximum, or the root of the sum of squares. */
type Pooling = "avg" | "max" | "length";

const titles = { avg: "average", max: "maximum", length: "length" } as const;

/**
 * Mean, maximum or length of a whole map, which is read once. Either the invocations of a workgroup share the pixels of a few channels,
 * or each pools one channel, or vector of channels, alone.
 */
export function globalPoolOptions(
  mode: Pooling,
  input: Shape,
  stages: readonly EpilogueStage[],
): readonly KernelOption[] {
  return [true, false].map((split) =>
    onlyOption((layout) => globalPool(mode, input, stages, split, layout), split ? "pixels shared" : ""),
  );
}

function globalPool(
  mode: Pooling,
  shape: Shape,
  stages: readonly EpilogueStage[],
  split: boolean,
  layout: StepLayout,
): KernelProgram {
  const { h, w, c } = mapOf(shape);
  const pixels = h * w;
  const lanes = lanesFor(c);
  const channels = c / lanes;
  const epilogue = elementEpilogue(stages, c, lanes, layout);
  const input = inputBinding("input", lanes, pixels * c, layout.inputs[0]);
  const x = powerOfTwoUpTo(channels, split ? MOST_CHANNELS : WORKGROUP);
  // Each slice has a pixel, since a maximum starts with one.
  const most = split ? WORKGROUP / x : 1;
  const slices = Math.min(powerOfTwoUpTo(pixels, most), 2 ** Math.floor(Math.log2(pixels)));
  const shared = slices > 1;
  const join = (into: string, value: string) =>
    mode === "max" ? `${into} = larger(${into}, ${value});` : `${into} += ${value};`;
  const taken = (at: string) => (mode === "length" ? `square(${load(input, at)})` : load(input, at));
  const results = { avg: `value / ${pixels}.0`, max: "value", length: "sqrt(value)" } as const;
  const finish = `finish(${results[mode]}, channel);`;
  return kernelProgram({
    name: `global_${mode}_${formatShape(shape)}${epilogue.name}${shared ? "" : "_alone"}`,
    workgroups: [Math.ceil(channels / x), 1, 1],
    workgroupBytes: shared ? x * slices * 4 * lanes : 0,
    cost: { macs: pixels * c, loads: pixels * c },
    comment: [
      `Global ${titles[mode]}, ${formatShape(shape)} to 1x1x${c}${epilogue.words}.`,
      shared
        ? `A workgroup pools ${x} ${lanes === 4 ? "vectors of 4 channels" : "channels"}; its ${slices} rows of invocations take every ${slices}th pixel, and the first row joins what they leave in workgroup memory.`
        : `One invocation pools ${lanes === 4 ? "4 channels" : "one channel"}; its neighbours the next.`,
    ],
    inputs: [input, ...epilogue.inputs],
    weights: epilogue.weights,
    output: epilogue.output,
    declarations: [
      `const PIXELS = ${pixels}u;\nconst CHANNELS = ${channels}u;\nconst WIDTH = ${x}u;\nconst SLICES = ${slices}u;`,
      ...(shared ? [`var<workgroup> partial: array<${typeOf(lanes)}, ${x * slices}>;`] : []),
      ...(mode === "max" ? [isNanFunction(lanes), larger(lanes)] : []),
      ...(mode === "length" ? [`fn square(x: ${typeOf(lanes)}) -> ${typeOf(lanes)} {\n  return x * x;\n}`] : []),
      ...epilogue.functions,
    ],
    workgroupSize: [x, slices, 1],
    builtins: ["workgroup_id", "local_invocation_id"],
    body: [
      "let channel = group.x * WIDTH + local.x;",
      ...(shared
        ? [
            "// An invocation after the last channel reads that one, and meets the others at the barrier.",
            "let source = min(channel, CHANNELS - 1u);",
          ]
        : ["if (channel >= CHANNELS) { return; }", "let source = channel;"]),
      `var value = ${taken("local.y * CHANNELS + source")};`,
      "for (var pixel = local.y + SLICES; pixel < PIXELS; pixel += SLICES) {",
      `  ${join("value", taken("pixel * CHANNELS + source"))}`,
      "}",
      ...(shared
        ? [
            "partial[local.y * WIDTH + local.x] = value;",
            "workgroupBarrier();",
            "if (local.y == 0u && channel < CHANNELS) {",
            "  for (var slice = 1u; slice < SLICES; slice++) {",
            `    ${join("value", "partial[slice * WIDTH + local.x]")}`,
            "  }",
            `  ${finish}`,
            "}",
          ]
        : [finish]),
    ],
  });
}
