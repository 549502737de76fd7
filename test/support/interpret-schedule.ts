import type { NodeId, ShapedGraph } from "../../src/ir/graph.ts";
import { elementsOf } from "../../src/ir/shape.ts";
import { computeNode } from "../../src/reference/kernels.ts";
import { readsOf, type Schedule, type ValueId } from "../../src/targets/webgpu/schedule/schedule.ts";
import type { WeightStore } from "../../src/formats/tensor.ts";

/**
 * Runs a schedule in float64 and returns the outputs by name. Each step computes the nodes that it covers. It can read
 * only its inputs and the values that it computed itself. It keeps only its output, in separate memory or as channels
 * of a wider map that is NaN at first. So there is an error or a different result if a step lacks a node, computes
 * nodes in the wrong order, does not store a value that another step reads, or overwrites another value.
 */
export function interpretSchedule(
  graph: ShapedGraph,
  { steps, values, valueOf }: Schedule,
  weights: WeightStore,
  input: ArrayLike<number>,
): ReadonlyMap<string, Float64Array> {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const memory = new Map<ValueId, Float64Array>([[0, new Float64Array(input)]]);
  /** Returns the index in memory of element `i` of a value. */
  const placeOf = (value: ValueId) => {
    const { value: root, view } = values[value]?.within ?? { value, view: { first: 0, channels: 1, of: 1 } };
    const { first, channels, of } = view;
    const held = memory.get(root) ?? new Float64Array(elementsOf(values[root]?.shape ?? [])).fill(NaN);
    memory.set(root, held);
    return { held, at: (i: number) => Math.floor(i / channels) * of + first + (i % channels) };
  };
  const load = (value: ValueId): Float64Array => {
    const { held, at } = placeOf(value);
    return Float64Array.from({ length: elementsOf(values[value]?.shape ?? []) }, (_unused, i) => held[at(i)]!);
  };
  const store = (value: ValueId, data: Float64Array) => {
    const { held, at } = placeOf(value);
    data.forEach((number, i) => (held[at(i)] = number));
  };
  for (const step of steps) {
    const readable = new Set(readsOf(step));
    const own = new Map<NodeId, Float64Array>();
    const read = (id: NodeId): Float64Array => {
      const node = nodes.get(id);
      if (node === undefined) throw new Error(`no node ${id}`);
      const computed = own.get(id);
      if (computed !== undefined) return computed;
      const value = valueOf.get(id);
      if (value !== undefined && readable.has(value)) return load(value);
      // An alias, such as a flatten, of a value of this step.
      if (["flatten", "squeeze", "reshape", "dropout"].includes(node.op)) return read(node.inputs[0] ?? -1);
      throw new Error(`${step.covers.map(({ path }) => path).join("+")} reads ${node.path}, which it cannot see`);
    };
    for (const node of step.covers) {
      const inputs = node.inputs.map((id) => ({ shape: nodes.get(id)?.shape ?? [], data: read(id) }));
      own.set(node.id, computeNode(node, inputs, weights));
    }
    const last = own.get(step.covers.at(-1)?.id ?? -1);
    if (last === undefined) throw new Error("a step covers nothing");
    store(step.output, last);
  }
  return new Map(graph.outputs.map(({ name, node }) => [name, load(valueOf.get(node) ?? -1)]));
}
