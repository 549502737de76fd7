import { indexNodes, nodeAt, type GraphOutput, type ShapedGraph } from "../../ir/graph.ts";
import { formatShape } from "../../ir/shape.ts";

/** A change of the inputs or outputs, which callers of the network notice. */
export interface IoChange {
  readonly what:
    "input name" | "input shape" | "input normalisation" | "output" | "output shape" | "order of outputs" | "labels";
  /** The output's name, or null for any other change. */
  readonly name: string | null;
  /** The value before, in words, or null if there was none. */
  readonly from: string | null;
  /** The value after, in words, or null if there is none. */
  readonly to: string | null;
}

export function diffIo(a: ShapedGraph, b: ShapedGraph): readonly IoChange[] {
  const whole: readonly (readonly [IoChange["what"], string | null, string | null])[] = [
    ["input name", a.input.name, b.input.name],
    ["input shape", formatShape(a.input.shape), formatShape(b.input.shape)],
    ["input normalisation", normalization(a), normalization(b)],
    ...outputOrder(a.outputs, b.outputs),
  ];
  return [
    ...whole.filter(([, from, to]) => from !== to).map(([what, from, to]) => ({ what, name: null, from, to })),
    ...outputChanges(a, b),
    ...labelChanges(a.labels, b.labels),
  ];
}

function normalization({ input }: ShapedGraph): string | null {
  if (input.normalization === null) return null;
  const text = (values: readonly number[]): string =>
    (new Set(values).size === 1 ? values.slice(0, 1) : values).join(", ");
  return `mean ${text(input.normalization.mean)} std ${text(input.normalization.std)}`;
}

/** Reported only if both networks have the same outputs in a different order. */
function outputOrder(
  a: readonly GraphOutput[],
  b: readonly GraphOutput[],
): [["order of outputs", string, string]] | [] {
  const names = (outputs: readonly GraphOutput[]): readonly string[] => outputs.map(({ name }) => name);
  const same = names(a).toSorted().join() === names(b).toSorted().join();
  return same ? [["order of outputs", names(a).join(", "), names(b).join(", ")]] : [];
}

function outputChanges(a: ShapedGraph, b: ShapedGraph): readonly IoChange[] {
  const before = outputShapes(a);
  const after = outputShapes(b);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name): IoChange[] => {
    const from = before.get(name) ?? null;
    const to = after.get(name) ?? null;
    if (from === to) return [];
    return [{ what: from === null || to === null ? "output" : "output shape", name, from, to }];
  });
}

function outputShapes(graph: ShapedGraph): ReadonlyMap<string, string> {
  const index = indexNodes(graph);
  return new Map(graph.outputs.map(({ name, node }) => [name, formatShape(nodeAt(index, node).shape)]));
}

function labelChanges(a: readonly string[] | null, b: readonly string[] | null): readonly IoChange[] {
  const change = (from: string | null, to: string | null): IoChange[] => [{ what: "labels", name: null, from, to }];
  const all = (labels: readonly string[] | null): string | null => (labels === null ? null : `${labels.length} labels`);
  if (a === null || b === null || a.length !== b.length) return all(a) === all(b) ? [] : change(all(a), all(b));
  const first = a.findIndex((label, i) => label !== b[i]);
  if (first < 0) return [];
  const differing = a.filter((label, i) => label !== b[i]).length;
  const show = (labels: readonly string[]): string => `label ${first} ${JSON.stringify(labels[first] ?? "")}`;
  return change(show(a), `${show(b)}${differing === 1 ? "" : `, and ${differing - 1} others`}`);
}
