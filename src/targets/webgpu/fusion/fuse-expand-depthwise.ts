import { isExpansion } from "../kernels/conv-tile.ts";
import { activationsOnly, onlyReader, type Chain } from "./chain.ts";
import type { FusedStep, FusionPass } from "./fusion-pass.ts";

/** A conv in one group at `at`, an expansion or not, and the depthwise of multiplier 1 that alone reads it. */
function matchConvDepthwise(chain: Chain, at: number, expands: boolean): FusedStep | null {
  const first = chain.steps[at];
  const second = onlyReader(chain, at);
  if (first?.work.kind !== "conv" || second?.work.kind !== "depthwise") return null;
  const activations = activationsOnly(first.epilogue);
  const input = first.inputs[0];
  const { node } = second.work;
  if (activations === null || input === undefined || first.work.node.groups !== 1 || node.multiplier !== 1) return null;
  const conv = { node: first.work.node, input: input.shape, activations };
  if (isExpansion(conv) !== expands) return null;
  return {
    step: {
      ...second,
      work: { kind: "expand_depthwise", conv, node },
      inputs: first.inputs,
      covers: [...first.covers, ...second.covers],
    },
    length: 2,
  };
}

/**
 * Needs: a 1x1 conv to more channels whose only reader is a depthwise of multiplier 1.
 * Ensures: one step that computes both; the map between them, mostly the largest of a block, is never in memory.
 * This is the expansion of an inverted residual with its depthwise.
 */
export const fuseExpandDepthwise: FusionPass = {
  name: "expand-depthwise",
  summary: "a 1x1 conv to more channels and the depthwise after it",
  match: (chain, at) => matchConvDepthwise(chain, at, true),
};

/**
 * Needs: any other conv in one group whose only reader is a depthwise of multiplier 1.
 * Ensures: the same. This is a stem with the first depthwise, and a separable conv's 1x1 conv with the next one's depthwise.
 */
export const fuseConvDepthwise: FusionPass = {
  name: "conv-depthwise",
  summary: "another conv and the depthwise after it",
  match: (chain, at) => matchConvDepthwise(chain, at, false),
};
