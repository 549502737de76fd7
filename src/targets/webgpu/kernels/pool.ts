import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { countedPads } from "../../../ir/ops/pool.ts";
import { elementsOf, formatShape, mapOf, type Shape } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { elementEpilogue } from "../wgsl/epilogue.ts";
import { grid3 } from "../wgsl/grid.ts";
import { inputBinding, lanesFor, load, typeOf } from "../wgsl/binding.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";
import { isNanFunction } from "../wgsl/not-a-number.ts";
import { windowConstants, windowName } from "./window-text.ts";

/** Declares a maximum that keeps a NaN once it has met one; WGSL's `max` may return either operand. Needs `is_nan`. */
export function larger(lanes: 1 | 4): string {
  const type = typeOf(lanes);
  return `fn larger(a: ${type}, b: ${type}) -> ${type} {\n  return select(a, b, (b > a) | is_nan(b));\n}`;
}

/**
 * Mean or maximum of a window, in which pixels on the map count, and padding if the mean counts it. An invocation computes one output, or a vector of four
 * channels, and reads its window.
 */
export function pool(
  node: ShapedNodeOf<"pool">,
  shape: Shape,
  stages: readonly EpilogueStage[],
  layout: StepLayout,
): KernelProgram {
  const { h, w, c } = mapOf(shape);
  const out = mapOf(node.shape);
  const lanes = lanesFor(c);
  const epilogue = elementEpilogue(stages, elementsOf(node.shape), lanes, layout);
  const input = inputBinding("input", lanes, h * w * c, layout.inputs[0]);
  const grid = grid3(c / lanes, out.w, out.h);
  const reads = node.kernel[0] * node.kernel[1] * elementsOf(node.shape);
  const average = node.mode === "avg";
  const [, below, , beside] = countedPads(node, shape);
  const counts = average && node.countPadding;
  const divisor = counts
    ? `f32((min(top + i32(KERNEL_H), ${h + below}) - top) * (min(left + i32(KERNEL_W), ${w + beside}) - left))`
    : "f32((y1 - y0) * (x1 - x0))";
  return kernelProgram({
    name: `pool_${node.mode}_${windowName(node)}${counts ? `_counted${below}_${beside}` : ""}_${formatShape(shape)}${epilogue.name}`,
    workgroups: grid.workgroups,
    cost: { macs: reads, loads: reads },
    comment: [
      `${node.kernel.join("x")} ${average ? "average" : "maximum"} pool, ${formatShape(shape)} to ${formatShape(node.shape)}${epilogue.words}.`,
      `One invocation computes ${lanes === 4 ? "4 channels" : "one channel"} of a pixel; its neighbours in x the next channels, in y the next pixel, in z the next row.`,
    ],
    inputs: [input, ...epilogue.inputs],
    weights: epilogue.weights,
    output: epilogue.output,
    declarations: [
      [...windowConstants(node, { h, w }, out), `const CHANNELS = ${c / lanes}u;`].join("\n"),
      ...(average ? [] : [isNanFunction(lanes), larger(lanes)]),
      ...epilogue.functions,
    ],
    workgroupSize: grid.workgroupSize,
    builtins: ["global_invocation_id"],
    body: [
      "if (id.x >= CHANNELS || id.y >= OUT_W) { return; }",
      "let top = i32(id.z * STRIDE_H) - PAD_TOP;",
      "let left = i32(id.y * STRIDE_W) - PAD_LEFT;",
      "let y0 = clamp(top, 0, IN_H - 1);",
      "let x0 = clamp(left, 0, IN_W - 1);",
      "let y1 = min(top + i32(KERNEL_H), IN_H);",
      "let x1 = min(left + i32(KERNEL_W), IN_W);",
      average
        ? `var value = ${typeOf(lanes)}();`
        : `var value = ${load(input, "u32(y0 * IN_W + x0) * CHANNELS + id.x")};`,
      "for (var y = y0; y < y1; y++) {",
      "  for (var x = x0; x < x1; x++) {",
      `    let next = ${load(input, "u32(y * IN_W + x) * CHANNELS + id.x")};`,
      average ? "    value += next;" : "    value = larger(value, next);",
      "  }",
      "}",
      `finish(value${average ? ` / ${divisor}` : ""}, (id.z * OUT_W + id.y) * CHANNELS + id.x);`,
    ],
  });
}
