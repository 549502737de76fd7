import type { ShapedGraph } from "../../../ir/graph.ts";
import type { Activation } from "../../../ir/activation.ts";
import { readsOf, type EpilogueStage, type Schedule, type Step, type ValueId } from "../schedule/schedule.ts";

/** A schedule as fusion looks at it: steps in order, and how often each value is read, by steps and as an output. */
export interface Chain {
  readonly steps: readonly Step[];
  readonly readers: ReadonlyMap<ValueId, number>;
}

/** Counts the reads of each value. */
export function chainOf(graph: ShapedGraph, { steps, valueOf }: Schedule): Chain {
  const readers = new Map<ValueId, number>();
  const count = (value: ValueId) => readers.set(value, (readers.get(value) ?? 0) + 1);
  for (const step of steps) readsOf(step).forEach(count);
  for (const { node } of graph.outputs) {
    const value = valueOf.get(node);
    if (value !== undefined) count(value);
  }
  return { steps, readers };
}

/** Returns the step at `at + 1` where it alone reads the value of the step at `at`, as its first input; else null. */
export function onlyReader({ steps, readers }: Chain, at: number): Step | null {
  const step = steps[at];
  const next = steps[at + 1];
  if (step === undefined || next === undefined || readers.get(step.output) !== 1) return null;
  return next.inputs[0]?.value === step.output ? next : null;
}

/** Returns the activations of an epilogue that consists of them alone; null where it adds values or reads weights. */
export function activationsOnly(stages: readonly EpilogueStage[]): readonly Activation[] | null {
  const activations: Activation[] = [];
  for (const stage of stages) {
    if (stage.kind !== "activation") return null;
    activations.push(stage.activation);
  }
  return activations;
}
