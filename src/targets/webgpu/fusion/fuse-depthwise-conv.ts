import { isPointwise } from "../kernels/conv-tile.ts";
import { activationsOnly, onlyReader, type Chain } from "./chain.ts";
import type { FusedStep, FusionPass } from "./fusion-pass.ts";

/** A depthwise of multiplier 1 at `at` and the 1x1 conv that alone reads it. */
export function matchDepthwiseConv(chain: Chain, at: number): FusedStep | null {
  const first = chain.steps[at];
  const second = onlyReader(chain, at);
  if (first?.work.kind !== "depthwise" || second?.work.kind !== "conv" || !isPointwise(second.work.node)) return null;
  const activations = activationsOnly(first.epilogue);
  const input = first.inputs[0];
  if (activations === null || input === undefined || first.work.node.multiplier !== 1) return null;
  const depthwise = { node: first.work.node, input: input.shape, activations };
  return {
    step: {
      ...second,
      work: { kind: "depthwise_conv", conv: null, depthwise, node: second.work.node },
      inputs: first.inputs,
      covers: [...first.covers, ...second.covers],
    },
    length: 2,
  };
}

/**
 * Needs: a depthwise of multiplier 1 whose only reader is a 1x1 conv of stride 1.
 * Ensures: one step; the map between is never in memory. A separable conv, or the end of an inverted residual.
 */
export const fuseDepthwiseConv: FusionPass = {
  name: "depthwise-conv",
  summary: "a depthwise and the 1x1 conv behind it",
  match: matchDepthwiseConv,
};
