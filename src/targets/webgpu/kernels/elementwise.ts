import { channelsOf, elementsOf, formatShape, sameShape, type Shape } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { elementEpilogue } from "../wgsl/epilogue.ts";
import { grid1, grid2 } from "../wgsl/grid.ts";
import { inputBinding, lanesFor, load } from "../wgsl/binding.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";

/** Sums and activations with no layer before them: an invocation reads one element of each operand and writes one. */
export function copy(shape: Shape, stages: readonly EpilogueStage[], layout: StepLayout): KernelProgram {
  return flatProduct([shape], shape, stages, layout);
}

/**
 * Product of values. A 1x1xC value scales the channels of the others. An invocation reads one element of each value
 * and writes one element.
 */
export function product(
  inputs: readonly Shape[],
  shape: Shape,
  stages: readonly EpilogueStage[],
  layout: StepLayout,
): KernelProgram {
  const flat = inputs.every((input) => elementsOf(input) === elementsOf(shape));
  return flat ? flatProduct(inputs, shape, stages, layout) : broadcastProduct(inputs, shape, stages, layout);
}

function flatProduct(
  shapes: readonly Shape[],
  shape: Shape,
  stages: readonly EpilogueStage[],
  layout: StepLayout,
): KernelProgram {
  const elements = elementsOf(shape);
  const lanes = lanesFor(elements);
  const grid = grid1(elements / lanes);
  const epilogue = elementEpilogue(stages, elements, lanes, layout);
  const inputs = shapes.map((_shape, index) =>
    inputBinding(`input${shapes.length > 1 ? index : ""}`, lanes, elements, layout.inputs[index]),
  );
  return kernelProgram({
    name: `${inputs.length > 1 ? `product${inputs.length}` : "map"}_${elements}${epilogue.name}`,
    workgroups: grid.workgroups,
    cost: { macs: elements * inputs.length, loads: elements * inputs.length },
    comment: [
      `${inputs.length > 1 ? `Product of ${inputs.length} values` : "Element by element"}, ${elements} elements${epilogue.words}.`,
      `One invocation computes ${lanes === 4 ? "4 elements" : "one element"}.`,
    ],
    inputs: [...inputs, ...epilogue.inputs],
    weights: epilogue.weights,
    output: epilogue.output,
    declarations: [`const COUNT = ${elements / lanes}u;`, ...epilogue.functions],
    workgroupSize: grid.workgroupSize,
    builtins: ["global_invocation_id"],
    body: [
      `let at = ${grid.index};`,
      "if (at >= COUNT) { return; }",
      `finish(${inputs.map((input) => load(input, "at")).join(" * ")}, at);`,
    ],
  });
}

function broadcastProduct(
  inputs: readonly Shape[],
  shape: Shape,
  stages: readonly EpilogueStage[],
  layout: StepLayout,
): KernelProgram {
  const c = channelsOf(shape);
  const elements = elementsOf(shape);
  const pixels = elements / c;
  const lanes = lanesFor(c);
  const grid = grid2(c / lanes, pixels);
  const epilogue = elementEpilogue(stages, elements, lanes, layout);
  const factors = inputs.map((input, index) => ({
    full: sameShape(input, shape),
    binding: inputBinding(`input${index}`, lanes, elementsOf(input), layout.inputs[index]),
  }));
  return kernelProgram({
    name: `product_${formatShape(shape)}_${factors.map(({ full }) => (full ? "f" : "c")).join("")}${epilogue.name}`,
    workgroups: grid.workgroups,
    cost: { macs: elements * inputs.length, loads: elements * inputs.length },
    comment: [
      `Product of ${inputs.map(formatShape).join(" and ")}${epilogue.words}.`,
      `One invocation computes ${lanes === 4 ? "4 channels" : "one channel"} of a pixel; its neighbours in x the next channels, in y the next pixels.`,
    ],
    inputs: [...factors.map(({ binding }) => binding), ...epilogue.inputs],
    weights: epilogue.weights,
    output: epilogue.output,
    declarations: [`const PIXELS = ${pixels}u;\nconst CHANNELS = ${c / lanes}u;`, ...epilogue.functions],
    workgroupSize: grid.workgroupSize,
    builtins: ["global_invocation_id"],
    body: [
      `let pixel = ${grid.second};`,
      "if (id.x >= CHANNELS || pixel >= PIXELS) { return; }",
      "let at = pixel * CHANNELS + id.x;",
      `finish(${factors.map(({ binding, full }) => load(binding, full ? "at" : "id.x")).join(" * ")}, at);`,
    ],
  });
}
