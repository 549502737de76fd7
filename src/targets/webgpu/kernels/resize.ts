import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { axisPlaces, nearestPlaces, type AxisPlaces } from "../../../ir/ops/resize.ts";
import { elementsOf, formatShape, mapOf, type Shape } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { elementEpilogue } from "../wgsl/epilogue.ts";
import { grid3 } from "../wgsl/grid.ts";
import { inputBinding, lanesFor, load, typeOf } from "../wgsl/binding.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";

/** Gives a map other extents. An invocation computes one output from one pixel, from four, or from sixteen. */
export function resize(
  node: ShapedNodeOf<"resize">,
  shape: Shape,
  stages: readonly EpilogueStage[],
  layout: StepLayout,
): KernelProgram {
  const { h, w, c } = mapOf(shape);
  const out = mapOf(node.shape);
  const { mode, coordinates } = node;
  const lanes = lanesFor(c);
  const channels = c / lanes;
  const grid = grid3(channels, out.w, out.h);
  const epilogue = elementEpilogue(stages, elementsOf(node.shape), lanes, layout);
  const input = inputBinding("input", lanes, elementsOf(shape), layout.inputs[0]);
  const reads = elementsOf(node.shape) * { nearest: 1, bilinear: 4, bicubic: 16 }[mode];
  const read = (y: string, x: string) => load(input, `u32(${y} * IN_W + ${x}) * CHANNELS + id.x`);
  const places = mode === "nearest" ? nearestPlaces : axisPlaces;
  const type = typeOf(lanes);
  const coded = coordinates === "half_pixel" ? "" : `_${coordinates}`;
  return kernelProgram({
    name: `resize_${mode}${coded}_${formatShape(shape)}_to_${out.h}x${out.w}${epilogue.name}`,
    workgroups: grid.workgroups,
    workgroupSize: grid.workgroupSize,
    cost: { macs: mode === "nearest" ? 0 : 3 * reads, loads: reads },
    comment: [
      `${mode.charAt(0).toUpperCase()}${mode.slice(1)} resize, ${formatShape(shape)} to ${formatShape(node.shape)}${epilogue.words}.`,
      `One invocation computes ${lanes === 4 ? "4 channels" : "one channel"} of a pixel; its neighbours in x the next channels, in y the next pixel, in z the next row.`,
    ],
    inputs: [input, ...epilogue.inputs],
    weights: epilogue.weights,
    output: epilogue.output,
    declarations: [
      `const CHANNELS = ${channels}u;\nconst IN_H = ${h};\nconst IN_W = ${w};\nconst OUT_W = ${out.w}u;`,
      ...(mode === "bilinear" ? [betweenFunction(type)] : []),
      ...(mode === "bicubic" ? [CUBIC] : []),
      ...epilogue.functions,
    ],
    builtins: ["global_invocation_id"],
    body: [
      "if (id.x >= CHANNELS || id.y >= OUT_W) { return; }",
      ...placeLines("y", "id.z", places(coordinates, h, out.h), mode),
      ...placeLines("x", "id.y", places(coordinates, w, out.w), mode),
      ...sampleLines(mode, read, type),
      "finish(value, (id.z * OUT_W + id.y) * CHANNELS + id.x);",
    ],
  });
}

/** A whole place leaves its neighbour out, NaN or infinite as that may be. */
function betweenFunction(type: string): string {
  return `// A whole coordinate leaves its neighbour out, NaN or infinite as that may be.\nfn between(a: ${type}, b: ${type}, share: f32) -> ${type} {\n  return select(a + (b - a) * share, a, share == 0.0);\n}`;
}

const CUBIC = [
  "// Shares of four neighbours at t beyond the second. Keys 1981, with a = -0.75.",
  "fn cubic(t: f32) -> vec4<f32> {",
  "  let x = vec4<f32>(t + 1.0, t, 1.0 - t, 2.0 - t);",
  "  let near = (1.25 * x - 2.25) * x * x + 1.0;",
  "  let far = ((-0.75 * x + 3.75) * x - 6.0) * x + 3.0;",
  "  return vec4<f32>(far.x, near.y, near.z, far.w);",
  "}",
].join("\n");

/** Declares the pixel before a place of an axis, and the share of the one after it. Whole numbers keep both exact. */
function placeLines(axis: "x" | "y", at: string, places: AxisPlaces, mode: ShapedNodeOf<"resize">["mode"]) {
  const { multiply, offset, divide } = places;
  const dividend = `i32(${at}) * ${multiply}${offset === 0 ? "" : offset > 0 ? ` + ${offset}` : ` - ${-offset}`}`;
  const extent = `IN_${axis === "y" ? "H" : "W"}`;
  if (mode === "nearest") return [`let ${axis} = min((${dividend}) / ${divide}, ${extent} - 1);`];
  if (mode === "bilinear") {
    return [
      `let at_${axis} = max(${dividend}, 0);`,
      `let ${axis}0 = min(at_${axis} / ${divide}, ${extent} - 1);`,
      `let ${axis}1 = min(${axis}0 + 1, ${extent} - 1);`,
      `let d${axis} = f32(at_${axis} % ${divide}) / ${divide}.0;`,
    ];
  }
  // One step more than the dividend keeps it from being negative, where division would round up.
  return [
    `let at_${axis} = ${dividend} + ${divide};`,
    `let ${axis}0 = at_${axis} / ${divide} - 2;`,
    `let shares_${axis} = cubic(f32(at_${axis} % ${divide}) / ${divide}.0);`,
  ];
}

function sampleLines(
  mode: ShapedNodeOf<"resize">["mode"],
  read: (y: string, x: string) => string,
  type: string,
): readonly string[] {
  if (mode === "nearest") return [`let value = ${read("y", "x")};`];
  if (mode === "bilinear") {
    return [
      `let above = between(${read("y0", "x0")}, ${read("y0", "x1")}, dx);`,
      `let below = between(${read("y1", "x0")}, ${read("y1", "x1")}, dx);`,
      "let value = between(above, below, dy);",
    ];
  }
  return [
    `var value = ${type}();`,
    "for (var i = 0; i < 4; i++) {",
    "  let y = clamp(y0 + i, 0, IN_H - 1);",
    `  var line = ${type}();`,
    "  for (var j = 0; j < 4; j++) {",
    "    let x = clamp(x0 + j, 0, IN_W - 1);",
    `    line += shares_x[j] * ${read("y", "x")};`,
    "  }",
    "  value += shares_y[i] * line;",
    "}",
  ];
}
