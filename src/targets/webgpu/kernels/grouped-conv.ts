import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { elementsOf, formatShape, mapOf, type Shape } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { elementEpilogue } from "../wgsl/epilogue.ts";
import { grid3 } from "../wgsl/grid.ts";
import { inputBinding, load } from "../wgsl/binding.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";
import { biasWords, linearWeights } from "./linear-weights.ts";
import { windowConstants, windowName } from "./window-text.ts";

/**
 * Conv in groups whose filters do not divide by four. An invocation computes one value, and reads one number of input and one
 * weight for each multiply-add, 8 bytes in float32.
 */
export function groupedConv(
  node: ShapedNodeOf<"conv">,
  shape: Shape,
  stages: readonly EpilogueStage[],
  layout: StepLayout,
): KernelProgram {
  const { h, w, c } = mapOf(shape);
  const out = mapOf(node.shape);
  const perGroup = c / node.groups;
  const weights = linearWeights(node, shape, 1, layout.weights);
  const epilogue = elementEpilogue(stages, elementsOf(node.shape), 1, layout);
  const input = inputBinding("input", 1, h * w * c, layout.inputs[0]);
  const macs = node.kernel[0] * node.kernel[1] * perGroup * elementsOf(node.shape);
  const grid = grid3(node.filters, out.w, out.h);
  return kernelProgram({
    name: `conv_${windowName(node)}_${formatShape(shape)}_to_${node.filters}_groups${node.groups}${epilogue.name}`,
    workgroups: grid.workgroups,
    cost: { macs, loads: 2 * macs },
    comment: [
      `${node.kernel.join("x")} conv in ${node.groups} groups, ${formatShape(shape)} to ${formatShape(node.shape)}${biasWords(weights)}${epilogue.words}.`,
      "One invocation computes one output value; its neighbours in x the next channel, in y the next pixel, in z the next row.",
    ],
    inputs: [input, ...epilogue.inputs],
    weights: [...weights.packed, ...epilogue.weights],
    output: epilogue.output,
    declarations: [
      [
        ...windowConstants(node, { h, w }, out),
        `const IN_C = ${c}u;`,
        `const OUT_C = ${node.filters}u;`,
        `const DEPTH = ${perGroup}u; // input channels of a group`,
      ].join("\n"),
      ...epilogue.functions,
    ],
    workgroupSize: grid.workgroupSize,
    builtins: ["global_invocation_id"],
    body: [
      "if (id.x >= OUT_C || id.y >= OUT_W) { return; }",
      `let start = (id.x / ${node.filters / node.groups}u) * DEPTH;`,
      `var sum = ${weights.biasAt("id.x")};`,
      "for (var ky = 0u; ky < KERNEL_H; ky++) {",
      "  let y = i32(id.z * STRIDE_H + ky * DILATION_H) - PAD_TOP;",
      "  if (y < 0 || y >= IN_H) { continue; }",
      "  for (var kx = 0u; kx < KERNEL_W; kx++) {",
      "    let x = i32(id.y * STRIDE_W + kx * DILATION_W) - PAD_LEFT;",
      "    if (x < 0 || x >= IN_W) { continue; }",
      "    let pixel = u32(y * IN_W + x) * IN_C + start;",
      "    let tap = (ky * KERNEL_W + kx) * DEPTH;",
      "    for (var k = 0u; k < DEPTH; k++) {",
      `      sum += ${load(input, "pixel + k")} * ${load(weights.kernel, "(tap + k) * OUT_C + id.x")};`,
      "    }",
      "  }",
      "}",
      "finish(sum, (id.z * OUT_W + id.y) * OUT_C + id.x);",
    ],
  });
}
