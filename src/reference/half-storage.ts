import { indexNodes, inputShapes, type NodeId, type ShapedGraph, type ShapedNode } from "../ir/graph.ts";
import { isLinear, weightSlots, withoutRecipes } from "../ir/op.ts";
import { channelsOf, type Shape } from "../ir/shape.ts";
import { boundFloat32, normScaleShift } from "../weights/bind.ts";
import { tensorData } from "../weights/read-tensor.ts";
import { roundToHalf } from "../formats/half.ts";
import type { WeightStore, WeightTensor } from "../formats/tensor.ts";
import { interpretWith } from "./interpret.ts";

/**
 * The error of storing a value in 16 bits, relative to the value: the step between numbers of 11 bits. Rounding to the
 * nearest would give half of that error, but WGSL lets a device round to either neighbour.
 */
export const HALF_ROUNDING = 2 ** -10;

/** A network with weights of 16 bits. */
export interface HalfNetwork {
  readonly graph: ShapedGraph;
  readonly weights: WeightStore;
}

/**
 * Returns the inference graph with the weights of a target that stores 16 bits: norms are folded in float64, then each
 * number is rounded to float32 and to the nearest half, ties to even. Throws {@link WeightError} for the same reasons
 * as {@link interpret}.
 */
export function halfNetwork(inference: ShapedGraph, weights: WeightStore): HalfNetwork {
  const index = indexNodes(inference);
  const rounded = new Map<string, WeightTensor>(weights);
  const put = (name: string, shape: Shape, data: ArrayLike<number>) =>
    rounded.set(name, { name, shape, data: Float32Array.from(data, roundToHalf) });
  const nodes = inference.nodes.map((node): ShapedNode => {
    const channels = [channelsOf(node.shape)];
    if (node.op === "batch_norm") {
      // If the variance is 1 and epsilon is 0, gamma is the scale and beta the shift.
      const { scale, shift } = normScaleShift(node, weights);
      const ones = new Float32Array(scale.length).fill(1);
      put(`${node.path}/gamma`, channels, Float32Array.from(scale));
      put(`${node.path}/beta`, channels, Float32Array.from(shift));
      put(`${node.path}/mean`, channels, new Float32Array(scale.length));
      put(`${node.path}/variance`, channels, ones);
      return { ...node, scale: true, center: true, eps: 0 };
    }
    const inputs = inputShapes(index, node);
    if (!isLinear(node)) {
      for (const { name, shape } of weightSlots(node, inputs)) {
        put(`${node.path}/${name}`, shape, tensorData(weights, `${node.path}/${name}`, shape));
      }
      return node;
    }
    const { kernel, bias } = boundFloat32(node, inputs[0] ?? [], weights);
    const plain = withoutRecipes(node, bias !== null);
    for (const { name, shape } of weightSlots(plain, inputs)) {
      put(`${node.path}/${name}`, shape, name === "bias" && bias !== null ? bias : kernel);
    }
    return plain;
  });
  return { graph: { ...inference, nodes }, weights: rounded };
}

/**
 * Runs a graph as {@link interpret} does, for a target that stores weights and the values of `stored` in 16 bits and computes everything
 * between them exactly. Each such value is rounded to the nearest half before anything reads it. Beyond 65504 a value becomes infinite.
 */
export function interpretHalf(
  inference: ShapedGraph,
  weights: WeightStore,
  input: ArrayLike<number>,
  stored: ReadonlySet<NodeId>,
): ReadonlyMap<NodeId, Float64Array> {
  const half = halfNetwork(inference, weights);
  return interpretWith(half.graph, half.weights, input, ({ id }, _inputs, value) => {
    if (stored.has(id)) for (let i = 0; i < value.length; i++) value[i] = roundToHalf(value[i]!);
  });
}
