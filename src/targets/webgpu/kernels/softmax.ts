import type { AxisActivation } from "../../../ir/activation.ts";
import { channelsOf, elementsOf, formatShape, type Shape } from "../../../ir/shape.ts";
import { grid1, grid2, powerOfTwoUpTo } from "../wgsl/grid.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { inputBinding, load, outputBinding, store, type InputBinding, type OutputBinding } from "../wgsl/binding.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";
import { isNanFunction } from "../wgsl/not-a-number.ts";
import { onlyOption, type KernelOption } from "./kernel-option.ts";

const WORKGROUP = 64;

const titles: Readonly<Record<AxisActivation, string>> = { softmax: "Softmax", log_softmax: "Log softmax" };

/**
 * Softmax or its logarithm over the last axis, which is read three times and written once. Either the invocations of a workgroup share the values of
 * a pixel, or each computes a pixel alone.
 */
export function softmaxOptions(fn: AxisActivation, shape: Shape): readonly KernelOption[] {
  return [
    onlyOption((layout) => sharedSoftmax(fn, shape, layout), "values shared"),
    onlyOption((layout) => softmaxAlone(fn, shape, layout)),
  ];
}

/** Writes one value's share of the sum, or the logarithm of the share. The logarithm of NaN is not NaN on some devices. */
function share(fn: AxisActivation, input: InputBinding, output: OutputBinding): string {
  const below = `${load(input, "first + c")} - top`;
  return store(
    output,
    "first + c",
    fn === "softmax" ? `exp(${below}) / total` : `${below} - select(log(total), total, is_nan(total))`,
  );
}

/** Subtracts the maximum first, so that no exponential overflows. */
function sharedSoftmax(fn: AxisActivation, shape: Shape, layout: StepLayout): KernelProgram {
  const channels = channelsOf(shape);
  const pixels = elementsOf(shape) / channels;
  const input = inputBinding("input", 1, elementsOf(shape), layout.inputs[0]);
  const output = outputBinding(1, elementsOf(shape), layout.output);
  const size = powerOfTwoUpTo(channels, WORKGROUP);
  // One workgroup a pixel, folded like any second coordinate.
  const { workgroups } = grid2(1, pixels * WORKGROUP);
  const [, perLayer] = workgroups;
  const reduce = (operation: string) => [
    "for (var half = SIZE / 2u; half > 0u; half /= 2u) {",
    "  workgroupBarrier();",
    `  if (local.x < half) { ${operation} }`,
    "}",
    "workgroupBarrier();",
  ];
  return kernelProgram({
    name: `${fn}_${formatShape(shape)}`,
    workgroups: [1, perLayer, workgroups[2]],
    workgroupBytes: size * 4,
    cost: { macs: elementsOf(shape), loads: 3 * elementsOf(shape) },
    comment: [
      `${titles[fn]} over ${channels} values${pixels > 1 ? ` of each of ${pixels} pixels` : ""}.`,
      `A workgroup computes a pixel; its ${size} invocations take every ${size}th value, and find maximum and sum by halving in workgroup memory.`,
    ],
    inputs: [input],
    weights: [],
    output,
    declarations: [
      `const PIXELS = ${pixels}u;\nconst CHANNELS = ${channels}u;\nconst SIZE = ${size}u;`,
      "var<workgroup> shared_values: array<f32, SIZE>;",
      isNanFunction(1),
    ],
    workgroupSize: [size, 1, 1],
    builtins: ["workgroup_id", "local_invocation_id"],
    body: [
      `let pixel = group.y${workgroups[2] > 1 ? ` + group.z * ${perLayer}u` : ""};`,
      "if (pixel >= PIXELS) { return; }",
      "let first = pixel * CHANNELS;",
      `var largest = ${load(input, "first + min(local.x, CHANNELS - 1u)")};`,
      `for (var c = local.x; c < CHANNELS; c += SIZE) { largest = max(largest, ${load(input, "first + c")}); }`,
      "shared_values[local.x] = largest;",
      ...reduce("shared_values[local.x] = max(shared_values[local.x], shared_values[local.x + half]);"),
      "let top = shared_values[0];",
      "workgroupBarrier();",
      "// A NaN, which the maximum drops, and exp on some devices, goes through the sum to every value.",
      "var sum = 0.0;",
      "for (var c = local.x; c < CHANNELS; c += SIZE) {",
      `  let below = ${load(input, "first + c")} - top;`,
      "  sum += select(exp(below), below, is_nan(below));",
      "}",
      "shared_values[local.x] = sum;",
      ...reduce("shared_values[local.x] += shared_values[local.x + half];"),
      "let total = shared_values[0];",
      `for (var c = local.x; c < CHANNELS; c += SIZE) { ${share(fn, input, output)} }`,
    ],
  });
}

function softmaxAlone(fn: AxisActivation, shape: Shape, layout: StepLayout): KernelProgram {
  const channels = channelsOf(shape);
  const pixels = elementsOf(shape) / channels;
  const input = inputBinding("input", 1, elementsOf(shape), layout.inputs[0]);
  const output = outputBinding(1, elementsOf(shape), layout.output);
  const grid = grid1(pixels);
  return kernelProgram({
    name: `${fn}_${formatShape(shape)}_alone`,
    workgroups: grid.workgroups,
    workgroupSize: grid.workgroupSize,
    cost: { macs: elementsOf(shape), loads: 3 * elementsOf(shape) },
    comment: [
      `${titles[fn]} over ${channels} values${pixels > 1 ? ` of each of ${pixels} pixels` : ""}.`,
      "One invocation computes a pixel: the maximum, the sum, the shares.",
    ],
    inputs: [input],
    weights: [],
    output,
    declarations: [`const PIXELS = ${pixels}u;\nconst CHANNELS = ${channels}u;`, isNanFunction(1)],
    builtins: ["global_invocation_id"],
    body: [
      `let pixel = ${grid.index};`,
      "if (pixel >= PIXELS) { return; }",
      "let first = pixel * CHANNELS;",
      `var top = ${load(input, "first")};`,
      `for (var c = 1u; c < CHANNELS; c++) { top = max(top, ${load(input, "first + c")}); }`,
      "// A NaN, which the maximum drops, and exp on some devices, goes through the sum to every value.",
      "var total = 0.0;",
      "for (var c = 0u; c < CHANNELS; c++) {",
      `  let below = ${load(input, "first + c")} - top;`,
      "  total += select(exp(below), below, is_nan(below));",
      "}",
      `for (var c = 0u; c < CHANNELS; c++) { ${share(fn, input, output)} }`,
    ],
  });
}
