import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { channelsOf, elementsOf, formatShape, type Shape } from "../../../ir/shape.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { grid2 } from "../wgsl/grid.ts";
import {
  inputBinding,
  lanesFor,
  load,
  outputBinding,
  store,
  type InputBinding,
  type OutputBinding,
} from "../wgsl/binding.ts";
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
