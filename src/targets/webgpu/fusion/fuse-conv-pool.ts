import { activationsOnly, onlyReader } from "./chain.ts";
import type { FusionPass } from "./fusion-pass.ts";

/**
 * Needs: a conv in one group whose only reader is a global pool. Ensures: one step computes both. The map between them
 * is never in memory. This is the last conv of most classifiers.
 */
export const fuseConvPool: FusionPass = {
  name: "conv-pool",
  summary: "a conv and the global pool after it",
  match(chain, at) {
    const first = chain.steps[at];
    const second = onlyReader(chain, at);
    if (first?.work.kind !== "conv" || second?.work.kind !== "global_pool") return null;
    const activations = activationsOnly(first.epilogue);
    const input = first.inputs[0];
    if (activations === null || input === undefined || first.work.node.groups !== 1) return null;
    const conv = { node: first.work.node, input: input.shape, activations };
    return {
      step: {
        ...second,
        work: { kind: "conv_pool", conv, node: second.work.node },
        inputs: first.inputs,
        covers: [...first.covers, ...second.covers],
      },
      length: 2,
    };
  },
};
