import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { elementsOf, formatShape, mapOf, type Shape } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { elementEpilogue } from "../wgsl/epilogue.ts";
import { grid3 } from "../wgsl/grid.ts";
import { inputBinding, lanesFor, load, typeOf } from "../wgsl/binding.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";
import { isNanFunction } from "../wgsl/not-a-number.ts";
import { larger } from "./pool.ts";

/** Mean or maximum of windows that share a map out. An invocation computes one output, or a vector of four channels, and reads its window. */
export function adaptivePool(
  node: ShapedNodeOf<"adaptive_pool">,
  shape: Shape,
  stages: readonly EpilogueStage[],
  layout: StepLayout,
): KernelProgram {
  const { h, w, c } = mapOf(shape);
  const [rows, columns] = node.size;
  const lanes = lanesFor(c);
  const epilogue = elementEpilogue(stages, elementsOf(node.shape), lanes, layout);
  const input = inputBinding("input", lanes, h * w * c, layout.inputs[0]);
  const grid = grid3(c / lanes, columns, rows);
  const average = node.mode === "avg";
  const reads = Math.ceil(h / rows) * Math.ceil(w / columns) * elementsOf(node.shape);
  return kernelProgram({
    name: `adaptive_${node.mode}_${formatShape(shape)}_to_${rows}x${columns}${epilogue.name}`,
    workgroups: grid.workgroups,
    workgroupSize: grid.workgroupSize,
    cost: { macs: reads, loads: reads },
    comment: [
      `Adaptive ${average ? "average" : "maximum"} pool, ${formatShape(shape)} to ${formatShape(node.shape)}${epilogue.words}.`,
      `One invocation computes ${lanes === 4 ? "4 channels" : "one channel"} of a pixel; its neighbours in x the next channels, in y the next pixel, in z the next row.`,
    ],
    inputs: [input, ...epilogue.inputs],
    weights: epilogue.weights,
    output: epilogue.output,
    declarations: [
      `const IN_H = ${h}u;\nconst IN_W = ${w}u;\nconst OUT_H = ${rows}u;\nconst OUT_W = ${columns}u;\nconst CHANNELS = ${c / lanes}u;`,
      ...(average ? [] : [isNanFunction(lanes), larger(lanes)]),
      ...epilogue.functions,
    ],
    builtins: ["global_invocation_id"],
    body: [
      "if (id.x >= CHANNELS || id.y >= OUT_W) { return; }",
      "let y0 = id.z * IN_H / OUT_H;",
      "let x0 = id.y * IN_W / OUT_W;",
      "let y1 = ((id.z + 1u) * IN_H + OUT_H - 1u) / OUT_H;",
      "let x1 = ((id.y + 1u) * IN_W + OUT_W - 1u) / OUT_W;",
      average ? `var value = ${typeOf(lanes)}();` : `var value = ${load(input, "(y0 * IN_W + x0) * CHANNELS + id.x")};`,
      "for (var y = y0; y < y1; y++) {",
      "  for (var x = x0; x < x1; x++) {",
      `    let next = ${load(input, "(y * IN_W + x) * CHANNELS + id.x")};`,
      average ? "    value += next;" : "    value = larger(value, next);",
      "  }",
      "}",
      `finish(value${average ? " / f32((y1 - y0) * (x1 - x0))" : ""}, (id.z * OUT_W + id.y) * CHANNELS + id.x);`,
    ],
  });
}
