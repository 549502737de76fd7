import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { axesOf } from "../../../ir/ops/permute.ts";
import { elementsOf, formatShape, mapOf, type Shape } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { inputBinding, lanesFor, load, typeOf } from "../wgsl/binding.ts";
import { elementEpilogue } from "../wgsl/epilogue.ts";
import { grid2 } from "../wgsl/grid.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";

/**
 * The axes of a map in another order. An invocation writes four channels where they divide by four. It reads them as one vector
 * if they are channels of the input as well, else one by one.
 */
export function permute(
  node: ShapedNodeOf<"permute">,
  shape: Shape,
  stages: readonly EpilogueStage[],
  layout: StepLayout,
): KernelProgram {
  const axes = axesOf(node.order);
  const from = mapOf(shape);
  const out = mapOf(node.shape);
  const elements = elementsOf(shape);
  const lanes = lanesFor(out.c);
  const together = axes[2] === 2 ? lanes : 1;
  const strides = [(from.w * from.c) / together, from.c / together, 1];
  const [down = 0, across = 0, deep = 0] = axes.map((axis) => strides[axis]);
  const grid = grid2(out.c / lanes, out.h * out.w);
  const epilogue = elementEpilogue(stages, elements, lanes, layout);
  const input = inputBinding("input", together, elements, layout.inputs[0]);
  const reads = Array.from({ length: lanes / together }, (_unused, lane) => {
    const channel = lanes === together ? "id.x" : `(id.x * ${lanes}u + ${lane}u)`;
    return load(input, `pixel / OUT_W * ${down}u + pixel % OUT_W * ${across}u + ${channel} * ${deep}u`);
  });
  return kernelProgram({
    name: `permute_${node.order}_${formatShape(shape)}${epilogue.name}`,
    workgroups: grid.workgroups,
    workgroupSize: grid.workgroupSize,
    cost: { macs: 0, loads: elements },
    comment: [
      `The axes of ${formatShape(shape)} in the order ${node.order}, ${formatShape(node.shape)}${epilogue.words}.`,
      `One invocation writes ${lanes === 4 ? "4 channels" : "one channel"} of a pixel; its neighbours in x the next channels, in y the next pixels.`,
    ],
    inputs: [input, ...epilogue.inputs],
    weights: epilogue.weights,
    output: epilogue.output,
    declarations: [
      `const CHANNELS = ${out.c / lanes}u;\nconst PIXELS = ${out.h * out.w}u;\nconst OUT_W = ${out.w}u;`,
      ...epilogue.functions,
    ],
    builtins: ["global_invocation_id"],
    body: [
      `let pixel = ${grid.second};`,
      "if (id.x >= CHANNELS || pixel >= PIXELS) { return; }",
      `let value = ${reads.length === 1 ? reads.join("") : `${typeOf(lanes)}(${reads.join(", ")})`};`,
      "finish(value, pixel * CHANNELS + id.x);",
    ],
  });
}
