import type { NodeId } from "../../../ir/graph.ts";
import type { Schedule, Step, ValueId } from "../schedule/schedule.ts";

/** Returns the schedule with other steps, without the values that these no longer write. The remaining values are renumbered. */
export function replaceSteps({ values, valueOf, precision }: Schedule, steps: readonly Step[]): Schedule {
  const kept = [0, ...steps.map(({ output }) => output)].toSorted((a, b) => a - b);
  const numbers = new Map<ValueId, ValueId>(kept.map((value, index) => [value, index]));
  const renumbered = (value: ValueId): ValueId => {
    const number = numbers.get(value);
    if (number === undefined) throw new Error(`internal: value ${value} is read and no longer written`);
    return number;
  };
  const remaining = [...valueOf].flatMap(([node, value]): readonly (readonly [NodeId, ValueId])[] => {
    const number = numbers.get(value);
    return number === undefined ? [] : [[node, number]];
  });
  return {
    values: kept.flatMap((value) => values[value] ?? []),
    steps: steps.map((step) => ({
      ...step,
      inputs: step.inputs.map((input) => ({ ...input, value: renumbered(input.value) })),
      epilogue: step.epilogue.map((stage) =>
        stage.kind === "add" ? { ...stage, operand: renumbered(stage.operand) } : stage,
      ),
      output: renumbered(step.output),
    })),
    valueOf: new Map(remaining),
    precision,
    joins: new Map(),
  };
}
