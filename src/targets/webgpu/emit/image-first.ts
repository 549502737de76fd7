import type { ShapedGraph } from "../../../ir/graph.ts";
import { deviceFacts } from "../cost/device-class.ts";
import type { ChosenStep } from "../fusion/choose-steps.ts";
import { convDepthwiseOptions } from "../kernels/conv-depthwise.ts";
import { isPointwise } from "../kernels/conv-tile.ts";
import { depthwiseConvOptions } from "../kernels/depthwise-conv.ts";
import { directConv } from "../kernels/direct-conv.ts";
import { isMatrixVector } from "../kernels/matrix-vector.ts";
import type { NetworkPlan } from "../plan-network.ts";
import { readsOf } from "../schedule/schedule.ts";
import { imageTexture, type ImageTexture } from "../wgsl/image-pixel.ts";
import { storedAs, viewedAs, type KernelProgram } from "../wgsl/kernel-program.ts";

/**
 * The network's first program over a texture of the input's size in place of its numbers, which it normalises as it reads: an image
 * that needs no scaling is 4 bytes a pixel, and takes no dispatch of its own. Launch, weights and output are those of the program
 * that it stands in for. Null where the input has other channels than an image, where something else reads the input too, and
 * where the first program is not of a conv with a window.
 */
export function imageFirst(graph: ShapedGraph, { schedule, chosen, ...plan }: NetworkPlan): KernelProgram | null {
  const [first] = chosen;
  const image = imageTexture(graph);
  const reads = chosen.flatMap(({ step }) => readsOf(step)).filter((value) => value === 0).length;
  const isOutput = graph.outputs.some(({ node }) => schedule.valueOf.get(node) === 0);
  if (first === undefined || image === null || reads !== 1 || isOutput) return null;
  const program = programOver(image, first, plan);
  if (program === null) return null;
  const { weights, parts } = first.program;
  const { type = "f32", view = null } = parts.output;
  const stored = storedAs(program, { inputs: ["f32"], weights: weights[0]?.type ?? "f32", output: type });
  return viewedAs(stored, [null], view);
}

function programOver(
  image: ImageTexture,
  { step: { work, inputs, epilogue: stages }, variant }: ChosenStep,
  { limits, device }: Pick<NetworkPlan, "limits" | "device">,
): KernelProgram | null {
  const context = { limits, facts: deviceFacts[device] };
  const input = inputs[0]?.shape ?? [];
  switch (work.kind) {
    case "conv": {
      const { node } = work;
      const isWindow = node.groups === 1 && !isPointwise(node) && !isMatrixVector(node, input);
      return isWindow ? directConv(node, input, stages, image) : null;
    }
    case "conv_depthwise": {
      if (isPointwise(work.conv.node)) return null;
      const options = convDepthwiseOptions({ ...work, stages, image }, context);
      return options.find((option) => option.variant === variant)?.build() ?? null;
    }
    case "depthwise_conv": {
      if (work.conv === null || isPointwise(work.conv.node)) return null;
      const options = depthwiseConvOptions({ ...work, stages, image }, context);
      return options.find((option) => option.variant === variant)?.build() ?? null;
    }
    default:
      return null;
  }
}
