import { error, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { ShapedGraph } from "../../ir/graph.ts";
import { didYouMean } from "../../text/did-you-mean.ts";
import type { WeightTensor } from "../../formats/tensor.ts";
import { quote } from "../../formats/file-problem.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { ExpectedLayer } from "./expected-layers.ts";

/** The index for a mapped tensor that belongs to no layer. */
export const noLayer = -1;

/** The user's map, checked against the network and the checkpoint. */
export interface NameMap {
  /** For each mapped layer of the network, the index of the checkpoint's layer or {@link noLayer}. */
  readonly layers: ReadonlyMap<number, number>;
  /** Tensors by the weight they fill. */
  readonly tensors: ReadonlyMap<string, WeightTensor>;
  readonly diagnostics: readonly Diagnostic[];
}

export function readNameMap(
  graph: ShapedGraph,
  expected: readonly ExpectedLayer[],
  checkpoint: Checkpoint,
  names: ReadonlyMap<string, string>,
): NameMap {
  const weights = new Map<string, number>();
  for (const [index, { path, slots }] of expected.entries()) {
    for (const slot of slots.keys()) weights.set(`${path}/${slot}`, index);
  }
  const found = new Map(
    checkpoint.layers.flatMap(({ tensors }, index) => [...tensors.values()].map((tensor) => [tensor, index] as const)),
  );
  const byName = new Map([...found.keys(), ...checkpoint.others].map((tensor) => [tensor.name, tensor]));
  const layers = new Map<number, number>();
  const tensors = new Map<string, WeightTensor>();
  const users = new Map<WeightTensor, string>();
  const diagnostics: Diagnostic[] = [];
  const report = (message: string, near: string | null, span = graph.span) => {
    const hint = near === null ? "Correct the map." : `Did you mean ${quote(near)}?`;
    diagnostics.push(error("weights/map", span, message, { hint }));
  };
  for (const [weight, name] of names) {
    const index = weights.get(weight);
    if (index === undefined) {
      const near = didYouMean(weight, [...weights.keys()]);
      report(`The map names weight ${quote(weight)}, which "${graph.name}" does not read.`, near);
      continue;
    }
    const { span } = expected[index]!;
    const tensor = byName.get(name);
    if (tensor === undefined) {
      const near = didYouMean(name, [...byName.keys()]);
      report(
        `The map gives ${quote(weight)} the tensor ${quote(name)}, which the checkpoint does not hold.`,
        near,
        span,
      );
      continue;
    }
    const other = users.get(tensor);
    if (other !== undefined) {
      report(`The map gives tensor ${quote(name)} to both ${quote(other)} and ${quote(weight)}.`, null, span);
      continue;
    }
    users.set(tensor, weight);
    tensors.set(weight, tensor);
    const layer = found.get(tensor) ?? noLayer;
    if ((layers.get(index) ?? noLayer) === noLayer) layers.set(index, layer);
  }
  return { layers, tensors, diagnostics };
}
