import { activationsOnly, onlyReader } from "./chain.ts";
import type { FusionPass } from "./fusion-pass.ts";

/**
 * Needs: a conv in one group whose only reader is a depthwise of multiplier 1.
 * Ensures: one step that computes both; the map between, mostly the largest of a block, is never in memory.
 * This is the expansion of an inverted residual with its depthwise, and a stem with the first depthwise.
 */
export const fuseConvDepthwise: FusionPass = {
  name: "conv-depthwise",
  summary: "a conv and the depthwise behind it",
  match(chain, at) {
    const first = chain.steps[at];
    const second = onlyReader(chain, at);
    if (first?.work.kind !== "conv" || second?.work.kind !== "depthwise") return null;
    const activations = activationsOnly(first.epilogue);
    const input = first.inputs[0];
    const { node } = second.work;
    if (activations === null || input === undefined || first.work.node.groups !== 1 || node.multiplier !== 1)
      return null;
    const conv = { node: first.work.node, input: input.shape, activations };
    return {
      step: {
        ...second,
        work: { kind: "conv_depthwise", conv, node },
        inputs: first.inputs,
        covers: [...first.covers, ...second.covers],
      },
      length: 2,
    };
  },
};
