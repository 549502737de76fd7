import type { ShapedGraph } from "../../../ir/graph.ts";
import type { NetworkPlan } from "../plan-network.ts";
import { readsOf } from "../schedule/schedule.ts";
import { layoutOf } from "../schedule/step-layout.ts";
import { imageTexture } from "../wgsl/image-pixel.ts";
import type { KernelProgram } from "../wgsl/kernel-program.ts";

/**
 * Writes the network's first program over a texture of the input's size in place of its numbers, which it normalises as it reads:
 * an image that needs no scaling is 4 bytes a pixel, and takes no dispatch of its own. Launch, weights and output are those of the
 * program that it stands in for. Null where the input has other channels than an image, where something else reads the input as
 * well, and where the first program is not of a conv with a window.
 */
export function imageFirst(graph: ShapedGraph, { schedule, chosen }: NetworkPlan): KernelProgram | null {
  const build = chosen[0]?.option.buildOverImage;
  const step = schedule.steps[0];
  const image = imageTexture(graph);
  const reads = schedule.steps.flatMap(readsOf).filter((value) => value === 0).length;
  const isOutput = graph.outputs.some(({ node }) => schedule.valueOf.get(node) === 0);
  if (build === undefined || step === undefined || image === null || reads !== 1 || isOutput) return null;
  return build(layoutOf(step, schedule), image);
}
