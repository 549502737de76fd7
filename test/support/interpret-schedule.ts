import type { NodeId, ShapedGraph } from "../../src/ir/graph.ts";
import { computeNode } from "../../src/reference/kernels.ts";
import { readsOf, type Schedule, type ValueId } from "../../src/targets/webgpu/schedule.ts";
import type { WeightStore } from "../../src/weights/tensor.ts";

/**
 * Runs a schedule in float64: each step computes the nodes it covers, sees what it reads and what it computed itself, and
 * leaves nothing but its output. So a step that misses a node, leaves one out of order or hides a value that others need
 * is an error. Gives the outputs by name.
 */
export function interpretSchedule(
  graph: ShapedGraph,
  { steps, valueOf }: Schedule,
  weights: WeightStore,
  input: ArrayLike<number>,
): ReadonlyMap<string, Float64Array> {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const memory = new Map<ValueId, Float64Array>([[0, new Float64Array(input)]]);
  for (const step of steps) {
    const readable = new Set(readsOf(step));
    const own = new Map<NodeId, Float64Array>();
    const read = (id: NodeId): Float64Array => {
      const node = nodes.get(id);
      if (node === undefined) throw new Error(`no node ${id}`);
      const computed = own.get(id);
      if (computed !== undefined) return computed;
      const value = valueOf.get(id);
      const held = value !== undefined && readable.has(value) ? memory.get(value) : undefined;
      if (held !== undefined) return held;
      // Under a flatten or the like lies a value of this step.
      if (["flatten", "squeeze", "dropout"].includes(node.op)) return read(node.inputs[0] ?? -1);
      throw new Error(`${step.covers.map(({ path }) => path).join("+")} reads ${node.path}, which it cannot see`);
    };
    for (const node of step.covers) {
      const inputs = node.inputs.map((id) => ({ shape: nodes.get(id)?.shape ?? [], data: read(id) }));
      own.set(node.id, computeNode(node, inputs, weights));
    }
    const last = own.get(step.covers.at(-1)?.id ?? -1);
    if (last === undefined) throw new Error("a step covers nothing");
    memory.set(step.output, last);
  }
  return new Map(
    graph.outputs.map(({ name, node }) => {
      const value = memory.get(valueOf.get(node) ?? -1);
      if (value === undefined) throw new Error(`output ${name} is not in memory`);
      return [name, value];
    }),
  );
}
