import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { isPointwise } from "../kernels/conv-tile.ts";
import type { Step } from "../schedule/schedule.ts";
import type { InnerLayer } from "../schedule/work.ts";
import { activationsOnly, onlyReader, type Chain } from "./chain.ts";
import type { FusionPass } from "./fusion-pass.ts";

/** A depthwise of multiplier 1 and the 1x1 conv that alone reads it. */
export interface ProjectedDepthwise {
  readonly depthwise: InnerLayer<"depthwise">;
  readonly node: ShapedNodeOf<"conv">;
  readonly inputs: Step["inputs"];
  /** The step of the conv. */
  readonly last: Step;
  /** The nodes that both steps compute. */
  readonly covers: Step["covers"];
}

/** Returns the pair that begins with the step at `at`; null where there is none. */
export function matchDepthwiseProject(chain: Chain, at: number): ProjectedDepthwise | null {
  const first = chain.steps[at];
  const second = onlyReader(chain, at);
  if (first?.work.kind !== "depthwise" || second?.work.kind !== "conv" || !isPointwise(second.work.node)) return null;
  const activations = activationsOnly(first.epilogue);
  const input = first.inputs[0];
  if (activations === null || input === undefined || first.work.node.multiplier !== 1) return null;
  return {
    depthwise: { node: first.work.node, input: input.shape, activations },
    node: second.work.node,
    inputs: first.inputs,
    last: second,
    covers: [...first.covers, ...second.covers],
  };
}

/**
 * Needs: a depthwise of multiplier 1 whose only reader is a 1x1 conv of stride 1.
 * Ensures: one step; the map between is never in memory. This is a separable conv, or the end of an inverted residual.
 */
export const fuseDepthwiseProject: FusionPass = {
  name: "depthwise-project",
  summary: "a depthwise and the 1x1 conv after it",
  match(chain, at) {
    const pair = matchDepthwiseProject(chain, at);
    if (pair === null) return null;
    const { depthwise, node, inputs, last, covers } = pair;
    return { step: { ...last, work: { kind: "depthwise_project", depthwise, node }, inputs, covers }, length: 2 };
  },
};
