import type { NodeId, ShapedGraph, ShapedNode } from "../ir/graph.ts";
import { elementsOf, formatShape } from "../ir/shape.ts";
import type { WeightStore } from "../formats/tensor.ts";
import { InputError } from "./input-error.ts";
import type { Value } from "./kernel.ts";
import { computeNode } from "./kernels.ts";

/**
 * Called with each node's value directly after the value is computed. It may write to the array, and later nodes then
 * read the new numbers.
 */
export type Observe = (node: ShapedNode, inputs: readonly Value[], value: Float64Array) => void;

/**
 * Runs a graph of any stage on one image, in float64 and in inference mode. Every pass and every target is compared with it.
 *
 * @param graph a graph with shapes.
 * @param weights float32 tensors by name.
 * @param input one image, row-major, height x width x channels, normalised as the network sees it.
 * @returns the value of every node, row-major. Nodes that move no bytes share the array of their input.
 * @throws {@link InputError} for an input of another size.
 * @throws {@link WeightError} for a tensor that is missing or has another shape.
 */
export function interpret(
  graph: ShapedGraph,
  weights: WeightStore,
  input: ArrayLike<number>,
): ReadonlyMap<NodeId, Float64Array> {
  return interpretWith(graph, weights, input, () => undefined);
}

/**
 * Runs a graph as {@link interpret} does, and returns its outputs by name.
 *
 * @param graph a graph with shapes.
 * @param weights float32 tensors by name.
 * @param input one image, row-major, height x width x channels, normalised as the network sees it.
 * @returns the values of each output, row-major.
 * @throws {@link InputError} for an input of another size.
 * @throws {@link WeightError} for a tensor that is missing or has another shape.
 */
export function interpretOutputs(
  graph: ShapedGraph,
  weights: WeightStore,
  input: ArrayLike<number>,
): ReadonlyMap<string, Float64Array> {
  const values = interpret(graph, weights, input);
  return new Map(graph.outputs.map(({ name, node }) => [name, computed(values, node)]));
}

/** Runs a graph as {@link interpret} does, and calls `observe` with each value before the next node runs. */
export function interpretWith(
  graph: ShapedGraph,
  weights: WeightStore,
  input: ArrayLike<number>,
  observe: Observe,
): ReadonlyMap<NodeId, Float64Array> {
  const { shape } = graph.input;
  if (input.length !== elementsOf(shape)) {
    throw new InputError(graph.name, formatShape(shape), elementsOf(shape), input.length);
  }
  const image: Value = { shape, data: new Float64Array(input) };
  const shapes = new Map(graph.nodes.map((node) => [node.id, node.shape]));
  const values = new Map<NodeId, Float64Array>();
  for (const node of graph.nodes) {
    const inputs =
      node.op === "input"
        ? [image]
        : node.inputs.map((id) => ({ shape: shapes.get(id) ?? [], data: computed(values, id) }));
    const value = computeNode(node, inputs, weights);
    observe(node, inputs, value);
    values.set(node.id, value);
  }
  return values;
}

function computed(values: ReadonlyMap<NodeId, Float64Array>, id: NodeId): Float64Array {
  const value = values.get(id);
  if (value === undefined) throw new Error(`internal: node ${id} is read before it is computed`);
  return value;
}
