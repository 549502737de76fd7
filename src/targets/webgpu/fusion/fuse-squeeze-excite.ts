import { isMatrixVector } from "../kernels/matrix-vector.ts";
import type { Step } from "../schedule/schedule.ts";
import { activationsOnly, onlyReader } from "./chain.ts";
import type { FusionPass } from "./fusion-pass.ts";

/** The layer of a step that is a matrix-vector product. */
function layerOf(step: Step | null) {
  const input = step?.inputs[0]?.shape;
  if (step === null || input === undefined) return null;
  if (step.work.kind === "dense") return { node: step.work.node, input };
  if (step.work.kind === "conv" && isMatrixVector(step.work.node, input)) return { node: step.work.node, input };
  return null;
}

/**
 * Needs: a global pool, a dense layer or 1x1 conv on its vector, and another on that, each read by the next alone.
 * Ensures: one step, which one workgroup computes. Worth it where the launches saved are longer than what one workgroup
 * takes: maps that are small or narrow.
 */
export const fuseSqueezeExcite: FusionPass = {
  name: "squeeze-excite",
  summary: "a global pool and the two layers on its vector",
  match(chain, at) {
    const pool = chain.steps[at];
    const second = onlyReader(chain, at);
    const third = onlyReader(chain, at + 1);
    const reduce = layerOf(second);
    const expand = layerOf(third);
    if (pool?.work.kind !== "global_pool" || pool.epilogue.length > 0) return null;
    if (second === null || third === null || reduce === null || expand === null) return null;
    const activations = activationsOnly(second.epilogue);
    if (activations === null) return null;
    return {
      step: {
        ...third,
        work: { kind: "squeeze_excite", pool: pool.work.node, reduce: { ...reduce, activations }, expand: expand.node },
        inputs: pool.inputs,
        covers: [...pool.covers, ...second.covers, ...third.covers],
      },
      length: 3,
    };
  },
};
