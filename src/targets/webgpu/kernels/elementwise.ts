import type { WeightStore } from "../../../formats/tensor.ts";
import { channelsOf, elementsOf, formatShape, sameShape, type Shape } from "../../../ir/shape.ts";
import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { channelAmounts, channelFactors, normScaleShift } from "../../../weights/bind.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { elementEpilogue } from "../wgsl/epilogue.ts";
import { floatLiteral } from "../wgsl/float-literal.ts";
import { grid1, grid2 } from "../wgsl/grid.ts";
import { inputBinding, lanesFor, load, type PackedWeight } from "../wgsl/binding.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";

/** Sums and activations with no layer before them: an invocation reads one element of each operand and writes one. */
export function copy(shape: Shape, stages: readonly EpilogueStage[], layout: StepLayout): KernelProgram {
  return flatProduct([shape], shape, stages, layout);
}

/** Product of values, of which a 1x1xC one scales the channels of the others: an invocation reads one element of each and writes one. */
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

/** What a node does to each channel, `x * scale + shift`; empty where it does not. */
function channelMap(node: ShapedNodeOf<"batch_norm" | "scale" | "shift">, store: WeightStore) {
  switch (node.op) {
    case "batch_norm":
      return normScaleShift(node, store);
    case "scale":
      return { scale: channelFactors(node, store), shift: [] };
    case "shift":
      return { scale: [], shift: channelAmounts(node, store) };
  }
}

/**
 * A batch norm, a scale or a shift that stands on its own: scale and shift of each channel, those of a norm computed in float64 from
 * its four weights. An invocation reads one element, its scale and its shift if there are such, and writes one.
 */
export function scaleShift(
  node: ShapedNodeOf<"batch_norm" | "scale" | "shift">,
  stages: readonly EpilogueStage[],
  layout: StepLayout,
): KernelProgram {
  const { shape } = node;
  const c = channelsOf(shape);
  const elements = elementsOf(shape);
  const lanes = lanesFor(c);
  const grid = grid2(c / lanes, elements / c);
  const input = inputBinding("input", lanes, elements, layout.inputs[0]);
  const weight = (slot: "scale" | "shift"): PackedWeight => ({
    ...inputBinding(slot, lanes, c, { type: layout.weights, view: null }),
    layer: node.path,
    slot,
    layout: "C",
    pack: ({ store }) => Float32Array.from(channelMap(node, store)[slot]),
  });
  // A constant stands in the code.
  const of = (slot: "scale" | "shift", constant: number | null) => {
    if (constant !== null) return { bound: null, term: floatLiteral(constant), name: `${slot}${constant}` };
    const bound = weight(slot);
    return { bound, term: load(bound, "id.x"), name: slot };
  };
  const scale = node.op === "shift" ? null : of("scale", node.op === "scale" ? node.factor : null);
  const shift = node.op === "scale" ? null : of("shift", node.op === "shift" ? node.amount : null);
  const parts = [scale, shift].filter((part) => part !== null);
  const words = parts.length === 2 ? "Scale and shift" : scale === null ? "Shift" : "Scale";
  const epilogue = elementEpilogue(stages, elements, lanes, layout);
  return kernelProgram({
    name: `${parts.map(({ name }) => name).join("_")}_${formatShape(shape)}${epilogue.name}`,
    workgroups: grid.workgroups,
    cost: { macs: elements, loads: (1 + parts.length) * elements },
    comment: [
      `${words} of each channel, ${formatShape(shape)}${epilogue.words}.`,
      `One invocation computes ${lanes === 4 ? "4 channels" : "one channel"} of a pixel; its neighbours in x the next channels, in y the next pixels.`,
    ],
    inputs: [input, ...epilogue.inputs],
    weights: parts.flatMap(({ bound }) => bound ?? []),
    output: epilogue.output,
    declarations: [`const PIXELS = ${elements / c}u;\nconst CHANNELS = ${c / lanes}u;`, ...epilogue.functions],
    workgroupSize: grid.workgroupSize,
    builtins: ["global_invocation_id"],
    body: [
      `let pixel = ${grid.second};`,
      "if (id.x >= CHANNELS || pixel >= PIXELS) { return; }",
      "let at = pixel * CHANNELS + id.x;",
      `finish(${load(input, "at")}${scale === null ? "" : ` * ${scale.term}`}${shift === null ? "" : ` + ${shift.term}`}, at);`,
    ],
  });
}
