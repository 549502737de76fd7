import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { elementsOf, formatShape, mapOf, type Shape } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { elementEpilogue } from "../wgsl/epilogue.ts";
import { grid3 } from "../wgsl/grid.ts";
import { inputBinding, lanesFor, load, typeOf } from "../wgsl/binding.ts";
import { floatLiteral } from "../wgsl/float-literal.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";

/** Adds rows, columns and channels, or takes rows and columns away. An invocation reads at most one element and writes one. */
export function pad(
  node: ShapedNodeOf<"pad" | "crop">,
  shape: Shape,
  stages: readonly EpilogueStage[],
  layout: StepLayout,
): KernelProgram {
  const { h, w, c } = mapOf(shape);
  const out = mapOf(node.shape);
  const [first, after] = node.op === "pad" ? node.channels : [0, 0];
  const lanes = lanesFor(c, first, after);
  const elements = elementsOf(node.shape);
  const epilogue = elementEpilogue(stages, elements, lanes, layout);
  const input = inputBinding("input", lanes, elementsOf(shape), layout.inputs[0]);
  const grid = grid3(out.c / lanes, out.w, out.h);
  const sign = node.op === "pad" ? -1 : 1;
  const [top, bottom, left, right] = node.margins;
  const element = load(input, "u32((y * IN_W + x) * IN_CHANNELS + c)");
  const inside = node.op === "crop" ? [] : insideTests(node);
  const value =
    inside.length === 0
      ? [`let value = ${element};`]
      : [
          `var value = ${typeOf(lanes)}(${floatLiteral(node.op === "pad" ? node.value : 0)});`,
          `if (${inside.join(" && ")}) { value = ${element}; }`,
        ];
  return kernelProgram({
    name: `${kernelName(node)}_${formatShape(shape)}${epilogue.name}`,
    workgroups: grid.workgroups,
    workgroupSize: grid.workgroupSize,
    cost: { macs: 0, loads: elements },
    comment: [
      `${node.op === "crop" ? "Crop" : "Pad"} by ${[top, bottom, left, right].join(", ")}, ${formatShape(shape)} to ${formatShape(node.shape)}${epilogue.words}.`,
      `One invocation writes ${lanes === 4 ? "4 channels" : "one channel"} of a pixel; its neighbours in x the next channels, in y the next pixel, in z the next row.`,
    ],
    inputs: [input, ...epilogue.inputs],
    weights: epilogue.weights,
    output: epilogue.output,
    declarations: [
      `const IN_H = ${h};\nconst IN_W = ${w};\nconst IN_CHANNELS = ${c / lanes};\nconst CHANNELS = ${out.c / lanes}u;\nconst OUT_W = ${out.w}u;`,
      ...epilogue.functions,
    ],
    builtins: ["global_invocation_id"],
    body: [
      "if (id.x >= CHANNELS || id.y >= OUT_W) { return; }",
      `let y = ${mirrored(node, `i32(id.z) + ${sign * top}`, "IN_H")};`,
      `let x = ${mirrored(node, `i32(id.y) + ${sign * left}`, "IN_W")};`,
      `let c = i32(id.x) - ${first / lanes};`,
      ...value,
      "finish(value, (id.z * OUT_W + id.y) * CHANNELS + id.x);",
    ],
  });
}

function kernelName(node: ShapedNodeOf<"pad" | "crop">): string {
  const margins = node.margins.join("_");
  if (node.op === "crop") return `crop${margins}`;
  const channels = node.channels.some((count) => count > 0) ? `_channels${node.channels.join("_")}` : "";
  const value = node.value === 0 ? "" : `_of${node.value}`;
  return `pad_${node.mode}${margins}${channels}${value}`;
}

/** The conditions under which an element lies on the map. */
function insideTests({ mode, margins, channels }: ShapedNodeOf<"pad">): readonly string[] {
  const constant = mode === "constant";
  return [
    ...(constant && margins.some((margin) => margin > 0) ? ["y >= 0", "y < IN_H", "x >= 0", "x < IN_W"] : []),
    ...(channels.some((count) => count > 0) ? ["c >= 0", "c < IN_CHANNELS"] : []),
  ];
}

/** The row or column of the map that is read for one around it. */
function mirrored(node: ShapedNodeOf<"pad" | "crop">, at: string, extent: string): string {
  if (node.op === "crop" || node.mode === "constant") return at;
  if (node.mode === "replicate") return `clamp(${at}, 0, ${extent} - 1)`;
  return `${extent} - 1 - abs(${extent} - 1 - abs(${at}))`;
}
