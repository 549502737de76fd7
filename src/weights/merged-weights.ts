import type { ShapedNodeOf } from "../ir/graph.ts";
import type { MergedBranch } from "../ir/merged-branch.ts";
import { channelsOf, type Shape } from "../ir/shape.ts";
import type { WeightStore } from "../formats/tensor.ts";
import { foldNorms, type BoundWeights } from "./fold-norms.ts";
import { tensorData } from "./read-tensor.ts";

/** Returns kernel and bias of a merged conv: the sum of its branches, each at its place in the kernel. */
export function mergedWeights(
  node: ShapedNodeOf<"conv" | "depthwise">,
  branches: readonly MergedBranch[],
  inputs: number,
  store: WeightStore,
): BoundWeights {
  const outputs = channelsOf(node.shape);
  const groups = node.op === "conv" ? node.groups : inputs;
  const kernel = new Float64Array((node.kernel[0] * node.kernel[1] * inputs * outputs) / groups);
  const bias = new Float64Array(outputs);
  for (const branch of branches) {
    const own = foldNorms(branchWeights(branch, inputs, outputs, store), branch.folded, outputs, store);
    layBranch(kernel, own.kernel, { branch, inputs, outputs, groups, columns: node.kernel[1] });
    if (own.bias !== null) for (let o = 0; o < outputs; o++) bias[o]! += own.bias[o]!;
  }
  return { kernel, bias };
}

/** Returns a branch's kernel before its norms are applied. */
function branchWeights(branch: MergedBranch, inputs: number, outputs: number, store: WeightStore): BoundWeights {
  const [rows, columns] = branch.kernel;
  if (branch.kind === "identity" || branch.kind === "average") {
    const kernel = new Float64Array(rows * columns * outputs).fill(1 / (rows * columns));
    return { kernel, bias: null };
  }
  const shape =
    branch.kind === "conv"
      ? [rows, columns, inputs / branch.groups, outputs]
      : [rows, columns, inputs, outputs / inputs];
  const read = (slot: string, of: Shape) => new Float64Array(tensorData(store, `${branch.path}/${slot}`, of));
  return { kernel: read("kernel", shape), bias: branch.bias ? read("bias", [outputs]) : null };
}

interface Laying {
  readonly branch: MergedBranch;
  readonly inputs: number;
  readonly outputs: number;
  /** Groups of the merged kernel. They divide the groups of the branch. */
  readonly groups: number;
  /** Shape of the merged kernel. */
  readonly columns: number;
}

/**
 * Adds a branch's kernel to the merged kernel. The taps go to the branch's place. If the branch has more groups, its
 * input channels go to their positions in the wider groups.
 */
function layBranch(
  kernel: Float64Array,
  own: Float64Array,
  { branch, inputs, outputs, groups, columns }: Laying,
): void {
  const width = inputs / groups;
  const ownWidth = inputs / branch.groups;
  for (let row = 0; row < branch.kernel[0]; row++) {
    for (let column = 0; column < branch.kernel[1]; column++) {
      const tap = (branch.at[0] + row) * columns + branch.at[1] + column;
      const ownTap = row * branch.kernel[1] + column;
      for (let o = 0; o < outputs; o++) {
        const group = Math.floor((o * groups) / outputs);
        const ownGroup = Math.floor((o * branch.groups) / outputs);
        const first = ownGroup * ownWidth - group * width;
        for (let i = 0; i < ownWidth; i++) {
          kernel[(tap * width + first + i) * outputs + o]! += own[(ownTap * ownWidth + i) * outputs + o]!;
        }
      }
    }
  }
}
