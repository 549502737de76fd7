import { indexNodes, inputShapes, type ShapedGraph, type ShapedNode, type ShapedNodeOf } from "../../ir/graph.ts";
import { foldedBatchNorms } from "../../ir/norm-fold.ts";
import { isLinear, weightSlots } from "../../ir/op.ts";
import { channelsOf } from "../../ir/shape.ts";
import { normScaleShift, type LinearNode } from "../bind.ts";
import type { WeightStore, WeightTensor } from "../../formats/tensor.ts";
import { biasHolder } from "./bias-holder.ts";
import { unitNorm } from "../unit-norm.ts";

export interface Unfolded {
  readonly tensors: WeightStore;
  /** Nodes that lack a tensor for a value of the folded form: a bias, or the scale of a norm. */
  readonly unfit: readonly ShapedNode[];
}

/**
 * Makes the network's weights from those of its folded form. Each folded norm then only adds the bias. `isUnit` tells
 * whether a norm that was not folded has variance 1 and no epsilon.
 */
export function unfoldWeights(
  inference: ShapedGraph,
  folded: WeightStore,
  isUnit: (norm: string) => boolean,
): Unfolded {
  const index = indexNodes(inference);
  const tensors = new Map<string, WeightTensor>();
  const unfit: ShapedNode[] = [];
  const put = (node: ShapedNode, made: readonly WeightTensor[] | null) => {
    if (made === null) unfit.push(node);
    for (const tensor of made ?? []) tensors.set(tensor.name, tensor);
  };
  for (const node of inference.nodes) {
    if (node.op === "batch_norm") {
      put(node, ownNorm(node, folded, isUnit(node.path)));
      continue;
    }
    if (!isLinear(node)) {
      for (const { name } of weightSlots(node, inputShapes(index, node))) {
        tensors.set(`${node.path}/${name}`, folded.get(`${node.path}/${name}`)!);
      }
      continue;
    }
    const hasNorm = foldedBatchNorms(node.folded).length > 0;
    const takesBias = biasHolder(node) !== null;
    const bias = folded.get(`${node.path}/bias`)!;
    for (const { name: slot, shape } of weightSlots(node, inputShapes(index, node))) {
      const name = `${node.path}/${slot}`;
      const data = slot === "bias" && hasNorm ? new Float32Array(shape[0] ?? 0) : folded.get(name)!.data;
      tensors.set(name, { name, shape, data });
    }
    // If the network has no bias here, the biases of the folded form must be zeros.
    const fits = node.bias || takesBias || bias.data.every((value) => value === 0);
    put(node, fits ? foldedNorms(node, bias) : null);
  }
  return { tensors, unfit };
}

function foldedNorms(node: LinearNode, bias: WeightTensor): readonly WeightTensor[] | null {
  const channels = channelsOf(node.shape);
  const ones = new Float32Array(channels).fill(1);
  const zeros = new Float32Array(channels);
  const holder = biasHolder(node);
  const norms = node.folded.map((fold) => {
    const held = fold === holder ? bias.data : zeros;
    if ("eps" in fold) return unitNorm(fold, ones, held);
    if ("amount" in fold) {
      if (fold.amount !== null) return fold.amount === 0 ? [] : null;
      return [{ name: `${fold.path}/beta`, shape: [channels], data: held }];
    }
    // A constant scale or shift is already contained in the kernel or bias, and would be applied twice.
    if (fold.factor !== null) return fold.factor === 1 ? [] : null;
    return [{ name: `${fold.path}/gamma`, shape: [channels], data: ones }];
  });
  return norms.some((norm) => norm === null) ? null : norms.flatMap((norm) => norm ?? []);
}

/** A norm that was not folded. In the folded form it always has gamma and beta. */
function ownNorm(
  node: ShapedNodeOf<"batch_norm">,
  folded: WeightStore,
  isUnit: boolean,
): readonly WeightTensor[] | null {
  if (!isUnit && node.scale && node.center) {
    return (["gamma", "beta", "mean", "variance"] as const).map((slot) => folded.get(`${node.path}/${slot}`)!);
  }
  const whole = { ...node, scale: true, center: true, eps: isUnit ? 0 : node.eps };
  const { scale, shift } = normScaleShift(whole, folded);
  return unitNorm(node, scale, shift);
}
