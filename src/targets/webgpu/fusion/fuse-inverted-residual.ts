import { isExpansion } from "../kernels/conv-tile.ts";
import { activationsOnly, onlyReader, type Chain } from "./chain.ts";
import { matchDepthwiseProject } from "./fuse-depthwise-project.ts";
import type { FusedStep, FusionPass } from "./fusion-pass.ts";

/** Matches a conv in one group at `at` with the depthwise and projection after it, if nothing else reads what the conv computes. */
function matchConvDepthwiseProject(chain: Chain, at: number, expands: boolean): FusedStep | null {
  const first = chain.steps[at];
  const pair = onlyReader(chain, at) === null ? null : matchDepthwiseProject(chain, at + 1);
  if (first?.work.kind !== "conv" || pair === null) return null;
  const activations = activationsOnly(first.epilogue);
  const input = first.inputs[0];
  if (activations === null || input === undefined || first.work.node.groups !== 1) return null;
  const conv = { node: first.work.node, input: input.shape, activations };
  if (isExpansion(conv) !== expands) return null;
  return {
    step: {
      ...pair.last,
      work: { kind: "inverted_residual", conv, depthwise: pair.depthwise, node: pair.node },
      inputs: first.inputs,
      covers: [...first.covers, ...pair.covers],
    },
    length: 3,
  };
}

/**
 * Needs: a 1x1 conv to more channels before a depthwise and its 1x1 conv, read by the depthwise alone.
 * Ensures: one step for a whole inverted residual; both maps inside it are never in memory. A workgroup computes all
 * channels of a tile, so it pays on large maps, and on small ones leaves most of a device idle.
 */
export const fuseInvertedResidual: FusionPass = {
  name: "inverted-residual",
  summary: "a 1x1 conv to more channels, the depthwise after it and the 1x1 conv after that",
  match: (chain, at) => matchConvDepthwiseProject(chain, at, true),
};

/**
 * Needs: any other conv in one group before such a pair, read by the depthwise alone.
 * Ensures: the same. This is mostly a stem with the separable conv after it.
 */
export const fuseConvDepthwiseProject: FusionPass = {
  name: "conv-depthwise-project",
  summary: "another conv, the depthwise after it and the 1x1 conv after that",
  match: (chain, at) => matchConvDepthwiseProject(chain, at, false),
};
