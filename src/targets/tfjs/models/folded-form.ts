import { indexNodes, inputShapes, type ShapedGraph, type ShapedNode } from "../../../ir/graph.ts";
import { isLinear, weightSlots, withoutRecipes } from "../../../ir/op.ts";
import { boundFloat32 } from "../../../weights/bind.ts";
import { tensorData } from "../../../weights/read-tensor.ts";
import type { WeightStore, WeightTensor } from "../../../formats/tensor.ts";

/** An inference graph with folded batch norm, and the weights that it reads. */
export interface FoldedForm {
  readonly graph: ShapedGraph;
  readonly weights: WeightStore;
}

/**
 * Folds the norms of an inference graph into its weights, in float64 with one rounding to float32. In the result, each
 * linear node has the tensors `<path>/kernel` and `<path>/bias`. @throws `WeightError` if a tensor is missing or has
 * another shape
 */
export function foldedForm(inference: ShapedGraph, weights: WeightStore): FoldedForm {
  const index = indexNodes(inference);
  const bound = new Map<string, WeightTensor>();
  const put = (name: string, shape: readonly number[], data: Float32Array) => bound.set(name, { name, shape, data });
  const nodes = inference.nodes.map((node): ShapedNode => {
    const inputs = inputShapes(index, node);
    if (!isLinear(node)) {
      for (const { name, shape } of weightSlots(node, inputs)) {
        put(`${node.path}/${name}`, shape, tensorData(weights, `${node.path}/${name}`, shape));
      }
      return node;
    }
    const { kernel, bias } = boundFloat32(node, inputs[0] ?? [], weights);
    const folded = withoutRecipes(node, bias !== null);
    const data = new Map([["kernel", kernel] as const, ...(bias === null ? [] : [["bias", bias] as const])]);
    for (const { name, shape } of weightSlots(folded, inputs)) {
      put(`${node.path}/${name}`, shape, data.get(name === "bias" ? "bias" : "kernel") ?? new Float32Array(0));
    }
    return folded;
  });
  return { graph: { ...inference, nodes }, weights: bound };
}
