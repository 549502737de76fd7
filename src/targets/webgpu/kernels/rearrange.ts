import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { channelsOf, elementsOf, formatShape, mapOf, type Shape } from "../../../ir/shape.ts";
import { elementEpilogue } from "../wgsl/epilogue.ts";
import { grid2, grid3 } from "../wgsl/grid.ts";
import { floatLiteral, lanesFor, kernelProgram, type Binding, type KernelProgram } from "../wgsl/kernel-program.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";

interface Gather {
  readonly name: string;
  readonly comment: string;
  readonly inputs: readonly Binding[];
  readonly output: Shape;
  readonly lanes: 1 | 4;
  readonly constants: readonly string[];
  /** Statements that end in a write of `value` to `output[pixel * CHANNELS + id.x]`. */
  readonly body: readonly string[];
}

/** A kernel that moves channels about within each pixel. */
function gather({ name, comment, inputs, output, lanes, constants, body }: Gather): KernelProgram {
  const channels = channelsOf(output) / lanes;
  const pixels = elementsOf(output) / channelsOf(output);
  const grid = grid2(channels, pixels);
  return kernelProgram({
    name,
    workgroups: grid.workgroups,
    workgroupSize: grid.workgroupSize,
    cost: { macs: 0, loads: elementsOf(output) },
    comment: [
      comment,
      `One invocation writes ${lanes === 4 ? "4 channels" : "one channel"} of a pixel; its neighbours in x the next channels, in y the next pixels.`,
    ],
    inputs,
    output: { name: "output", lanes, elements: elementsOf(output) },
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
export function concat(inputs: readonly Shape[], output: Shape): KernelProgram {
  const channels = inputs.map(channelsOf);
  const lanes = lanesFor(...channels);
  let end = 0;
  const arms = channels.map((count, index) => {
    const start = end;
    end += count / lanes;
    const read = `output[at] = input${index}[pixel * ${count / lanes}u + id.x${start > 0 ? ` - ${start}u` : ""}];`;
    const condition = index === channels.length - 1 ? "" : ` if (id.x < ${end}u)`;
    return `${index > 0 ? "else" : ""}${index === 0 ? condition.trim() : condition} { ${read} }`;
  });
  return gather({
    name: `concat_${formatShape(output.slice(0, -1))}${output.length > 1 ? "x" : ""}${channels.join("_")}`,
    comment: `Concat of ${inputs.map(formatShape).join(", ")} to ${formatShape(output)}.`,
    inputs: inputs.map((input, index) => ({ name: `input${index}`, lanes, elements: elementsOf(input) })),
    output,
    lanes,
    constants: [],
    body: arms,
  });
}

/** Channels `from` up to `to`. */
export function slice(node: ShapedNodeOf<"slice">, input: Shape): KernelProgram {
  const lanes = lanesFor(channelsOf(input), node.from, node.to);
  return gather({
    name: `slice_${formatShape(input)}_${node.from}_${node.to}`,
    comment: `Channels ${node.from} to ${node.to - 1} of ${formatShape(input)}.`,
    inputs: [{ name: "input", lanes, elements: elementsOf(input) }],
    output: node.shape,
    lanes,
    constants: [],
    body: [`output[at] = input[pixel * ${channelsOf(input) / lanes}u + ${node.from / lanes}u + id.x];`],
  });
}

/** Channels seen as groups x rest, transposed. */
export function shuffle(node: ShapedNodeOf<"shuffle">, input: Shape): KernelProgram {
  return gather({
    name: `shuffle_${formatShape(input)}_groups${node.groups}`,
    comment: `Channel shuffle of ${formatShape(input)} in ${node.groups} groups.`,
    inputs: [{ name: "input", lanes: 1, elements: elementsOf(input) }],
    output: node.shape,
    lanes: 1,
    constants: [`const GROUPS = ${node.groups}u;`, `const WIDTH = ${channelsOf(input) / node.groups}u;`],
    body: ["output[at] = input[pixel * CHANNELS + (id.x % GROUPS) * WIDTH + id.x / GROUPS];"],
  });
}

/** Enlarges rows and columns by whole factors. */
export function upsample(
  node: ShapedNodeOf<"upsample">,
  input: Shape,
  stages: readonly EpilogueStage[],
): KernelProgram {
  const { h, w, c } = mapOf(input);
  const out = mapOf(node.shape);
  const lanes = lanesFor(c);
  const channels = c / lanes;
  const [fh, fw] = node.factor;
  const grid = grid3(channels, out.w, out.h);
  const epilogue = elementEpilogue(stages, elementsOf(node.shape), lanes);
  const reads = elementsOf(node.shape) * (node.mode === "nearest" ? 1 : 4);
  const read = (y: string, x: string) => `input[(${y} * IN_W + ${x}) * CHANNELS + id.x]`;
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
  const type = lanes === 4 ? "vec4<f32>" : "f32";
  const functions = [
    "// Half-pixel centres, clamped to the map.\nfn source(at: u32, factor: f32, last: f32) -> f32 {\n  return clamp((f32(at) + 0.5) / factor - 0.5, 0.0, last);\n}",
    `// A whole coordinate leaves its neighbour out, NaN or infinite as that may be.\nfn between(a: ${type}, b: ${type}, share: f32) -> ${type} {\n  return select(a + (b - a) * share, a, share == 0.0);\n}`,
  ];
  return kernelProgram({
    name: `upsample_${node.mode}_${formatShape(input)}_by${fh}x${fw}${epilogue.name}`,
    workgroups: grid.workgroups,
    cost: { macs: 3 * reads, loads: reads },
    comment: [
      `${node.mode === "nearest" ? "Nearest" : "Bilinear"} upsampling, ${formatShape(input)} to ${formatShape(node.shape)}${epilogue.words}.`,
      `One invocation computes ${lanes === 4 ? "4 channels" : "one channel"} of a pixel; its neighbours in x the next channels, in y the next pixel, in z the next row.`,
    ],
    inputs: [{ name: "input", lanes, elements: elementsOf(input) }, ...epilogue.inputs],
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
