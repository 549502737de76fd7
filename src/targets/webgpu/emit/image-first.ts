import type { ShapedGraph } from "../../../ir/graph.ts";
import type { NetworkPlan } from "../plan-network.ts";
import { readsOf } from "../schedule/schedule.ts";
import { layoutOf } from "../schedule/step-layout.ts";
import { imageTexture } from "../wgsl/image-pixel.ts";
import type { KernelProgram } from "../wgsl/kernel-program.ts";

/**
 * Returns a variant of the network's first program that reads a texture of the input's size instead of numbers, and
 * normalises the pixels as it reads them. An image of that size then needs no separate dispatch and 4 bytes per pixel.
 * Launch, weights and output equal those of the first program. Returns null if the input does not have the channels of
 * an image, if another program reads the input, or if the first program is not a conv with a window.
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
