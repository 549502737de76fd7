import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { channelsOf, elementsOf, formatShape, mapOf, type Shape } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { elementEpilogue } from "../wgsl/epilogue.ts";
import { grid2, grid3 } from "../wgsl/grid.ts";
import {
  inputBinding,
  lanesFor,
  load,
  outputBinding,
  store,
  typeOf,
  type InputBinding,
  type OutputBinding,
} from "../wgsl/binding.ts";
import { floatLiteral } from "../wgsl/float-literal.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";

interface Gather {
  readonly name: string;
  readonly comment: string;
  readonly inputs: readonly InputBinding[];
  readonly output: OutputBinding;
  readonly shape: Shape;
  readonly constants: readonly string[];
  /** Statements that write element `at`, which is channel `id.x` of `pixel`. */
  readonly body: readonly string[];
}

/** A kernel that moves channels about within each pixel. An invocation reads one element and writes one. */
function gather({ name, comment, inputs, output, shape, constants, body }: Gather): KernelProgram {
  const { lanes, elements } = output;
  const channels = channelsOf(shape) / lanes;
  const pixels = elements / channelsOf(shape);
  const grid = grid2(channels, pixels);
  return kernelProgram({
    name,
    workgroups: grid.workgroups,
    workgroupSize: grid.workgroupSize,
    cost: { macs: 0, loads: elements },
    comment: [
      comment,
      `One invocation writes ${lanes === 4 ? "4 channels" : "one channel"} of a pixel; its neighbours in x the next channels, in y the next pixels.`,
    ],
    inputs,
    weights: [],
    output,
    declarations: [[`const PIXELS = ${pixels}u;`, `const CHANNELS = ${channels}u;`, ...constants].join("\n")],
    builtins: ["global_invocation_id"],
    body: [
      `let pixel = ${grid.second};`,
      "if (id.x >= CHANNELS || pixel >= PIXELS) { return; }",
      "let at = pixel * CHANNELS + id.x;",
      ...body,
    ],
  });
}

/** Channels side by side, in order. */
export function concat(shapes: readonly Shape[], shape: Shape, layout: StepLayout): KernelProgram {
  const channels = shapes.map(channelsOf);
  const lanes = lanesFor(...channels);
  const output = outputBinding(lanes, elementsOf(shape), layout.output);
  const inputs = shapes.map((input, index) =>
    inputBinding(`input${index}`, lanes, elementsOf(input), layout.inputs[index]),
  );
  let end = 0;
  const arms = inputs.map((input, index) => {
    const count = channelsOf(shapes[index] ?? []);
    const start = end;
    end += count / lanes;
    const value = load(input, `pixel * ${count / lanes}u + id.x${start > 0 ? ` - ${start}u` : ""}`);
    const condition = index === channels.length - 1 ? "" : ` if (id.x < ${end}u)`;
    return `${index > 0 ? "else" : ""}${index === 0 ? condition.trim() : condition} { ${store(output, "at", value)} }`;
  });
  return gather({
    name: `concat_${formatShape(shape.slice(0, -1))}${shape.length > 1 ? "x" : ""}${channels.join("_")}`,
    comment: `Concat of ${shapes.map(formatShape).join(", ")} to ${formatShape(shape)}.`,
    inputs,
    output,
    shape,
    constants: [],
    body: arms,
  });
}

/** Channels `from` up to `to`. */
export function slice(node: ShapedNodeOf<"slice">, shape: Shape, layout: StepLayout): KernelProgram {
  const lanes = lanesFor(channelsOf(shape), node.from, node.to);
  const input = inputBinding("input", lanes, elementsOf(shape), layout.inputs[0]);
  const output = outputBinding(lanes, elementsOf(node.shape), layout.output);
  const value = load(input, `pixel * ${channelsOf(shape) / lanes}u + ${node.from / lanes}u + id.x`);
  return gather({
    name: `slice_${formatShape(shape)}_${node.from}_${node.to}`,
    comment: `Channels ${node.from} to ${node.to - 1} of ${formatShape(shape)}.`,
    inputs: [input],
    output,
    shape: node.shape,
    constants: [],
    body: [store(output, "at", value)],
  });
}

/** Channels seen as groups x rest, transposed. */
export function shuffle(node: ShapedNodeOf<"shuffle">, shape: Shape, layout: StepLayout): KernelProgram {
  const input = inputBinding("input", 1, elementsOf(shape), layout.inputs[0]);
  const output = outputBinding(1, elementsOf(node.shape), layout.output);
  return gather({
    name: `shuffle_${formatShape(shape)}_groups${node.groups}`,
    comment: `Channel shuffle of ${formatShape(shape)} in ${node.groups} groups.`,
    inputs: [input],
    output,
    shape: node.shape,
    constants: [`const GROUPS = ${node.groups}u;`, `const WIDTH = ${channelsOf(shape) / node.groups}u;`],
    body: [store(output, "at", load(input, "pixel * CHANNELS + (id.x % GROUPS) * WIDTH + id.x / GROUPS"))],
  });
}

/** Enlarges rows and columns by whole factors. An invocation computes one output from one pixel, or from four. */
export function upsample(
  node: ShapedNodeOf<"upsample">,
  shape: Shape,
  stages: readonly EpilogueStage[],
  layout: StepLayout,
): KernelProgram {
  const { h, w, c } = mapOf(shape);
  const out = mapOf(node.shape);
  const lanes = lanesFor(c);
  const channels = c / lanes;
  const [fh, fw] = node.factor;
  const grid = grid3(channels, out.w, out.h);
  const epilogue = elementEpilogue(stages, elementsOf(node.shape), lanes, layout);
  const input = inputBinding("input", lanes, elementsOf(shape), layout.inputs[0]);
  const reads = elementsOf(node.shape) * (node.mode === "nearest" ? 1 : 4);
  const read = (y: string, x: string) => load(input, `(${y} * IN_W + ${x}) * CHANNELS + id.x`);
  const nearest = [`let value = ${read(`(id.z / ${fh}u)`, `id.y / ${fw}u`)};`];
  const bilinear = [
    "let y = source(id.z, " + `${floatLiteral(fh)}, ${h - 1});`,
    "let x = source(id.y, " + `${floatLiteral(fw)}, ${w - 1});`,
    "let y0 = u32(y);",
    "let x0 = u32(x);",
    `let y1 = min(y0 + 1u, ${h - 1}u);`,
    `let x1 = min(x0 + 1u, ${w - 1}u);`,
    "let dx = x - f32(x0);",
    `let above = between(${read("y0", "x0")}, ${read("y0", "x1")}, dx);`,
    `let below = between(${read("y1", "x0")}, ${read("y1", "x1")}, dx);`,
    "let value = between(above, below, y - f32(y0));",
  ];
  const type = typeOf(lanes);
  const functions = [
    "// Half-pixel centres, clamped to the map.\nfn source(at: u32, factor: f32, last: f32) -> f32 {\n  return clamp((f32(at) + 0.5) / factor - 0.5, 0.0, last);\n}",
    `// A whole coordinate leaves its neighbour out, NaN or infinite as that may be.\nfn between(a: ${type}, b: ${type}, share: f32) -> ${type} {\n  return select(a + (b - a) * share, a, share == 0.0);\n}`,
  ];
  return kernelProgram({
    name: `upsample_${node.mode}_${formatShape(shape)}_by${fh}x${fw}${epilogue.name}`,
    workgroups: grid.workgroups,
    cost: { macs: 3 * reads, loads: reads },
    comment: [
      `${node.mode === "nearest" ? "Nearest" : "Bilinear"} upsampling, ${formatShape(shape)} to ${formatShape(node.shape)}${epilogue.words}.`,
      `One invocation computes ${lanes === 4 ? "4 channels" : "one channel"} of a pixel; its neighbours in x the next channels, in y the next pixel, in z the next row.`,
    ],
    inputs: [input, ...epilogue.inputs],
    weights: epilogue.weights,
    output: epilogue.output,
    declarations: [
      `const CHANNELS = ${channels}u;\nconst IN_W = ${w}u;\nconst OUT_W = ${out.w}u;`,
      ...(node.mode === "bilinear" ? functions : []),
      ...epilogue.functions,
    ],
    workgroupSize: grid.workgroupSize,
    builtins: ["global_invocation_id"],
    body: [
      "if (id.x >= CHANNELS || id.y >= OUT_W) { return; }",
      ...(node.mode === "nearest" ? nearest : bilinear),
      "finish(value, (id.z * OUT_W + id.y) * CHANNELS + id.x);",
    ],
  });
}
