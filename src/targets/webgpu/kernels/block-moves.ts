import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { elementsOf, formatShape, mapOf, type Shape } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { inputBinding, lanesFor, load, typeOf } from "../wgsl/binding.ts";
import { elementEpilogue } from "../wgsl/epilogue.ts";
import { grid3 } from "../wgsl/grid.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";

type BlockNode = ShapedNodeOf<"depth_to_space" | "space_to_depth">;

/**
 * Moves blocks between pixels and channels. An invocation reads what it writes: four channels at a time where TensorFlow's order keeps
 * them together on both sides, or where an output's channels do.
 */
export function blockMove(
  node: BlockNode,
  shape: Shape,
  stages: readonly EpilogueStage[],
  layout: StepLayout,
): KernelProgram {
  const from = mapOf(shape);
  const out = mapOf(node.shape);
  const lanes = lanesFor(Math.min(from.c, out.c));
  const together = node.order === "tensorflow" ? lanes : 1;
  const grid = grid3(out.c / lanes, out.w, out.h);
  const epilogue = elementEpilogue(stages, elementsOf(node.shape), lanes, layout);
  const input = inputBinding("input", together, elementsOf(shape), layout.inputs[0]);
  const channel = (lane: number) => (lanes === together ? "id.x" : `(id.x * ${lanes}u + ${lane}u)`);
  const reads = Array.from({ length: lanes / together }, (_unused, lane) =>
    load(input, source(node, out.c / together, channel(lane))),
  );
  const name = node.op === "depth_to_space" ? "depth to space" : "space to depth";
  return kernelProgram({
    name: `${node.op}_${node.order}_${formatShape(shape)}_by${node.blockSize}${epilogue.name}`,
    workgroups: grid.workgroups,
    workgroupSize: grid.workgroupSize,
    cost: { macs: 0, loads: elementsOf(node.shape) },
    comment: [
      `${name[0]?.toUpperCase()}${name.slice(1)} by blocks of ${node.blockSize}x${node.blockSize}, ${formatShape(shape)} to ${formatShape(node.shape)}${epilogue.words}.`,
      `One invocation writes ${lanes === 4 ? "4 channels" : "one channel"} of a pixel; its neighbours in x the next channels, in y the next pixel, in z the next row.`,
    ],
    inputs: [input, ...epilogue.inputs],
    weights: epilogue.weights,
    output: epilogue.output,
    declarations: [
      [
        `const CHANNELS = ${out.c / lanes}u;`,
        `const OUT_W = ${out.w}u;`,
        `const IN_W = ${from.w}u;`,
        `const IN_CHANNELS = ${from.c / together}u;`,
        `const BLOCK = ${node.blockSize}u;`,
      ].join("\n"),
      ...epilogue.functions,
    ],
    builtins: ["global_invocation_id"],
    body: [
      "if (id.x >= CHANNELS || id.y >= OUT_W) { return; }",
      `let value = ${reads.length === 1 ? reads.join("") : `${typeOf(lanes)}(${reads.join(", ")})`};`,
      "finish(value, (id.z * OUT_W + id.y) * CHANNELS + id.x);",
    ],
  });
}

/** Returns the index of the element that comes to channel `channel` (of `channels`) of pixel (id.z, id.y). */
function source({ op, order, blockSize: block }: BlockNode, channels: number, channel: string): string {
  const places = block * block;
  if (op === "depth_to_space") {
    const place = "(id.z % BLOCK * BLOCK + id.y % BLOCK)";
    const deep = order === "tensorflow" ? `${place} * ${channels}u + ${channel}` : `${channel} * ${places}u + ${place}`;
    return `(id.z / BLOCK * IN_W + id.y / BLOCK) * IN_CHANNELS + ${deep}`;
  }
  const [place, wide] =
    order === "tensorflow"
      ? [`${channel} / IN_CHANNELS`, `${channel} % IN_CHANNELS`]
      : [`${channel} % ${places}u`, `${channel} / ${places}u`];
  const row = `(id.z * BLOCK + ${place} / BLOCK)`;
  const column = `(id.y * BLOCK + ${place} % BLOCK)`;
  return `(${row} * IN_W + ${column}) * IN_CHANNELS + ${wide}`;
}
