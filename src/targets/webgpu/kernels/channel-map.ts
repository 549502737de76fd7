import { channelsOf, elementsOf, formatShape } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import type { ChannelNode } from "../schedule/work.ts";
import { inputBinding, lanesFor, load } from "../wgsl/binding.ts";
import { boundChannelMap } from "../wgsl/channel-stage.ts";
import { elementEpilogue } from "../wgsl/epilogue.ts";
import { grid2 } from "../wgsl/grid.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";

/**
 * A batch norm, a scale, a shift or a prelu that stands on its own. An invocation reads one element and the weights of its channel,
 * and writes one element.
 */
export function channelMap(node: ChannelNode, stages: readonly EpilogueStage[], layout: StepLayout): KernelProgram {
  const { shape } = node;
  const c = channelsOf(shape);
  const elements = elementsOf(shape);
  const lanes = lanesFor(c);
  const grid = grid2(c / lanes, elements / c);
  const input = inputBinding("input", lanes, elements, layout.inputs[0]);
  const map = boundChannelMap(node, "", lanes, layout.weights);
  const epilogue = elementEpilogue(stages, elements, lanes, layout);
  return kernelProgram({
    name: `${map.name}_${formatShape(shape)}${epilogue.name}`,
    workgroups: grid.workgroups,
    cost: { macs: elements, loads: (1 + map.weights.length) * elements },
    comment: [
      `${map.words} of each channel, ${formatShape(shape)}${epilogue.words}.`,
      `One invocation computes ${lanes === 4 ? "4 channels" : "one channel"} of a pixel; its neighbours in x the next channels, in y the next pixels.`,
    ],
    inputs: [input, ...epilogue.inputs],
    weights: [...map.weights, ...epilogue.weights],
    output: epilogue.output,
    declarations: [`const PIXELS = ${elements / c}u;\nconst CHANNELS = ${c / lanes}u;`, ...epilogue.functions],
    workgroupSize: grid.workgroupSize,
    builtins: ["global_invocation_id"],
    body: [
      `let pixel = ${grid.second};`,
      "if (id.x >= CHANNELS || pixel >= PIXELS) { return; }",
      "let at = pixel * CHANNELS + id.x;",
      `let value = ${load(input, "at")};`,
      `finish(${map.applied("value", (weight) => load(weight, "id.x"), lanes)}, at);`,
    ],
  });
}
