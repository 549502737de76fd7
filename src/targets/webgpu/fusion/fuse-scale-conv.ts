import { channelsOf, elementsOf } from "../../../ir/shape.ts";
import { isPointwise } from "../kernels/conv-tile.ts";
import { onlyReader } from "./chain.ts";
import type { FusionPass } from "./fusion-pass.ts";

/**
 * Needs: the product of a map and a gate (1x1xC) whose only reader is a 1x1 conv of stride 1.
 * Ensures: one step; the conv scales what it reads, and the scaled map is never in memory. This is the end of a
 * squeeze-and-excitation before a projection.
 */
export const fuseScaleConv: FusionPass = {
  name: "scale-conv",
  summary: "channels scaled by a gate, and the 1x1 conv after them",
  match(chain, at) {
    const first = chain.steps[at];
    const second = onlyReader(chain, at);
    if (first?.work.kind !== "product" || second?.work.kind !== "conv" || !isPointwise(second.work.node)) return null;
    if (first.epilogue.length > 0 || first.inputs.length !== 2) return null;
    const isGate = (shape: readonly number[]) => elementsOf(shape) === channelsOf(first.shape);
    const [left, right] = first.inputs;
    if (left === undefined || right === undefined || isGate(left.shape) === isGate(right.shape)) return null;
    return {
      step: {
        ...second,
        work: { kind: "scaled_conv", node: second.work.node },
        inputs: isGate(left.shape) ? [right, left] : [left, right],
        covers: [...first.covers, ...second.covers],
      },
      length: 2,
    };
  },
};
