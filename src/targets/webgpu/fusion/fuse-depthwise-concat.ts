import { sameShape } from "../../../ir/shape.ts";
import type { Step } from "../schedule/schedule.ts";
import { activationsOnly, type Chain } from "./chain.ts";
import type { FusedStep, FusionPass } from "./fusion-pass.ts";

/** The pair that begins with the step at `at`, with the step of its depthwise; null where there is none. */
function matchDepthwiseConcat(chain: Chain, at: number): (FusedStep & { readonly depthwise: Step }) | null {
  const first = chain.steps[at];
  const second = chain.steps[at + 1];
  if (first?.work.kind !== "depthwise" || second?.work.kind !== "concat" || second.inputs.length !== 2) return null;
  const input = first.inputs[0];
  const [left, right] = second.inputs;
  if (input === undefined || left?.value !== input.value || right?.value !== first.output) return null;
  const isWhole = [input, left, right].every(({ shape }) => sameShape(shape, first.shape));
  if (!isWhole || chain.readers.get(first.output) !== 1 || activationsOnly(first.epilogue) === null) return null;
  const step: Step = {
    ...second,
    work: { ...first.work, beside: true },
    inputs: first.inputs,
    epilogue: first.epilogue,
    covers: [...first.covers, ...second.covers],
  };
  return { step, length: 2, depthwise: first };
}

/**
 * Needs: a depthwise that keeps its map's shape, and a concat of what it reads with what it gives.
 * Ensures: one step, which writes both side by side. This is the end of a ghost module (Han et al. 2020), whose cheap features cannot
 * be written in place: they are made of those that they stand beside.
 */
export const fuseDepthwiseConcat: FusionPass = {
  name: "depthwise-concat",
  summary: "a depthwise, and the concat of its input with it",
  match: matchDepthwiseConcat,
};

/**
 * Needs: a conv in one group before such a pair, read by nothing else; channels that divide by four.
 * Ensures: one step for a whole ghost module. What the conv gives is in workgroup memory, from where it it goes to its half of the output.
 */
export const fuseGhost: FusionPass = {
  name: "ghost",
  summary: "a conv, a depthwise of it, and the concat of both",
  match(chain, at) {
    const first = chain.steps[at];
    const pair = matchDepthwiseConcat(chain, at + 1);
    if (first?.work.kind !== "conv" || pair?.step.work.kind !== "depthwise") return null;
    const activations = activationsOnly(first.epilogue);
    const input = first.inputs[0];
    const { node } = pair.step.work;
    const isOwn = pair.depthwise.inputs[0]?.value === first.output && chain.readers.get(first.output) === 2;
    if (activations === null || input === undefined || !isOwn) return null;
    if (first.work.node.groups !== 1 || node.multiplier !== 1 || first.work.node.filters % 4 !== 0) return null;
    const conv = { node: first.work.node, input: input.shape, activations };
    return {
      step: {
        ...pair.step,
        work: { kind: "expand_depthwise", conv, node, beside: true },
        inputs: first.inputs,
        covers: [...first.covers, ...pair.step.covers],
      },
      length: 3,
    };
  },
};
