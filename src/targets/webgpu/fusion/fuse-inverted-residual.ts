import { activationsOnly, onlyReader } from "./chain.ts";
import { matchDepthwiseConv } from "./fuse-depthwise-conv.ts";
import type { FusionPass } from "./fusion-pass.ts";

/**
 * Needs: a conv in one group in front of such a pair, read by its depthwise alone.
 * Ensures: one step for a whole inverted residual; both maps inside it are never in memory. A workgroup computes all
 * channels of a tile, so it pays on large maps, and on small ones leaves most of a device idle.
 */
export const fuseInvertedResidual: FusionPass = {
  name: "inverted-residual",
  summary: "a conv, the depthwise behind it and the 1x1 conv behind that",
  match(chain, at) {
    const first = chain.steps[at];
    const pair = onlyReader(chain, at) === null ? null : matchDepthwiseConv(chain, at + 1);
    if (first?.work.kind !== "conv" || pair?.step.work.kind !== "depthwise_conv") return null;
    const activations = activationsOnly(first.epilogue);
    const input = first.inputs[0];
    if (activations === null || input === undefined || first.work.node.groups !== 1) return null;
    const conv = { node: first.work.node, input: input.shape, activations };
    return {
      step: {
        ...pair.step,
        work: { ...pair.step.work, conv },
        inputs: first.inputs,
        covers: [...first.covers, ...pair.step.covers],
      },
      length: 3,
    };
  },
};
