import type { ShapedGraph } from "../../../ir/graph.ts";
import { readsOf, valueBytes, type Schedule, type ValueId } from "../schedule/schedule.ts";

/** When a value is in memory, in step numbers, both ends included. */
export interface Lifetime {
  readonly value: ValueId;
  readonly bytes: number;
  /** The step that writes it; -1 for the input, which is there before the first. */
  readonly born: number;
  /** The last step that reads it; the number of steps for an output, which is read after the last. */
  readonly dies: number;
  /** Values that some step reads while it writes this one, or writes while it reads this one. */
  readonly neighbours: ReadonlySet<ValueId>;
}

/** Returns the lifetimes of the values that have memory of their own. A value in which others lie lives from the first of these on. */
export function lifetimesOf(graph: ShapedGraph, { values, steps, valueOf }: Schedule): readonly Lifetime[] {
  const born = values.map(() => -1);
  const dies = values.map(() => -1);
  const neighbours = values.map(() => new Set<ValueId>());
  const memoryOf = (value: ValueId) => values[value]?.within?.value ?? value;
  const written = new Set<ValueId>();
  steps.forEach((step, index) => {
    const output = memoryOf(step.output);
    if (!written.has(output)) born[output] = index;
    written.add(output);
    dies[output] = index;
    for (const value of readsOf(step)) {
      const read = memoryOf(value);
      dies[read] = index;
      neighbours[read]?.add(output);
      neighbours[output]?.add(read);
    }
  });
  for (const { node } of graph.outputs) {
    const value = valueOf.get(node);
    if (value !== undefined) dies[memoryOf(value)] = steps.length;
  }
  return values.flatMap((held, value): readonly Lifetime[] =>
    held.within === undefined
      ? [
          {
            value,
            bytes: valueBytes(held),
            born: born[value] ?? -1,
            dies: dies[value] ?? -1,
            neighbours: neighbours[value] ?? new Set(),
          },
        ]
      : [],
  );
}

/** Counts the most bytes alive at one time. No plan for this order of steps needs less. */
export function lowerBoundBytes(lifetimes: readonly Lifetime[]): number {
  const changes = new Map<number, number>();
  const change = (at: number, bytes: number) => changes.set(at, (changes.get(at) ?? 0) + bytes);
  for (const { born, dies, bytes } of lifetimes) {
    change(born, bytes);
    change(dies + 1, -bytes);
  }
  let alive = 0;
  let most = 0;
  for (const [, bytes] of [...changes].toSorted(([a], [b]) => a - b)) {
    alive += bytes;
    most = Math.max(most, alive);
  }
  return most;
}
