import type { Plan } from "../files/plan-schema.ts";

interface Slice {
  readonly buffer: number;
  readonly offset: number;
  readonly size: number;
}

/** A value as it lies in memory until something overwrites a byte of it. */
interface Held extends Slice {
  readonly value: number;
  readonly within?: { readonly first: number; readonly channels: number; readonly of: number } | undefined;
}

const overlap = (a: Slice, b: Slice) =>
  a.buffer === b.buffer && a.offset < b.offset + b.size && b.offset < a.offset + a.size;
const isSameSlice = (a: Slice, b: Slice) => a.buffer === b.buffer && a.offset === b.offset && a.size === b.size;
/** Tells whether two values are different channels of one map. */
const isBeside = (a: Held, b: Held) =>
  isSameSlice(a, b) &&
  a.within !== undefined &&
  a.within.of === b.within?.of &&
  (a.within.first + a.within.channels <= b.within.first || b.within.first + b.within.channels <= a.within.first);
export const at = ({ buffer, offset, size }: Slice) => `bytes ${offset} to ${offset + size} of buffer ${buffer}`;
const channelsAt = ({ within }: Pick<Held, "within">) =>
  within === undefined
    ? "all channels"
    : `channels ${within.first} to ${within.first + within.channels} of ${within.of}`;

/**
 * Plays the dispatches over memory in which each byte remembers the value it belongs to, or the values, where several are channels of
 * one map. Reports a read of a value that is not there or no longer whole; a read of values side by side as one, where a part is
 * missing or a channel lies between two; and a dispatch that finds one buffer among both its inputs and its output.
 * @returns the problems, one sentence each
 */
export function checkFlow(plan: Plan): readonly string[] {
  const problems: string[] = [];
  const joins = new Map(plan.joins.map(({ value, parts }) => [value, parts]));
  const leavesOf = (value: number): readonly number[] => joins.get(value)?.flatMap(leavesOf) ?? [value];
  let held: readonly Held[] = [{ ...plan.input }];
  const findAt = (who: string, value: number, slice: Slice): Held | undefined => {
    const found = held.find((candidate) => candidate.value === value);
    if (found === undefined)
      problems.push(`${who} reads value ${value}, which is not in memory: not yet written, or overwritten.`);
    else if (!isSameSlice(found, slice))
      problems.push(`${who} reads value ${value} at ${at(slice)}, and it lies at ${at(found)}.`);
    else return found;
    return undefined;
  };
  const read = (who: string, input: Held) => {
    const { value, within } = input;
    if (!joins.has(value)) {
      const found = findAt(who, value, input);
      if (found !== undefined && channelsAt(found) !== channelsAt(input))
        problems.push(`${who} reads value ${value} as ${channelsAt(input)}, and it is ${channelsAt(found)}.`);
      return;
    }
    let next = within?.first ?? 0;
    let of = within?.of;
    for (const leaf of leavesOf(value)) {
      const found = findAt(who, leaf, input);
      if (found === undefined) return;
      of ??= found.within?.of;
      if (found.within?.first !== next || found.within.of !== of) {
        problems.push(`${who} reads value ${leaf} as channels from ${next} on, and it is ${channelsAt(found)}.`);
        return;
      }
      next += found.within.channels;
    }
    const end = within === undefined ? of : within.first + within.channels;
    if (next !== end)
      problems.push(`${who} reads value ${value} up to channel ${end ?? 0}, and its parts end at ${next}.`);
  };
  plan.dispatches.forEach(({ inputs, output, layers }, index) => {
    const name = `Dispatch ${index} ("${layers.join('", "')}")`;
    if (output.value !== index + 1) problems.push(`${name} writes value ${output.value}, not ${index + 1}.`);
    for (const input of inputs) {
      read(name, input);
      if (input.buffer === output.buffer) {
        problems.push(`${name} reads value ${input.value} from buffer ${input.buffer}, which it also writes.`);
      }
    }
    const { value, buffer, offset, size, within } = output;
    const written: Held = { value, buffer, offset, size, within };
    held = [...held.filter((other) => !overlap(other, written) || isBeside(other, written)), written];
  });
  for (const output of plan.outputs) read(`Output "${output.name}"`, output);
  return problems;
}

/** Counts the most bytes that are needed at one time, from the reads alone. A value in a wider map needs the whole map. */
export function mostAlive(plan: Plan): number {
  const { dispatches, joins } = plan;
  const outer = new Map(joins.flatMap(({ value, parts }) => parts.map((part) => [part, value] as const)));
  const memoryOf = (value: number): number => {
    const around = outer.get(value);
    return around === undefined ? value : memoryOf(around);
  };
  const lastUse = new Map<number, number>([[0, -1]]);
  dispatches.forEach(({ inputs, output }, index) => {
    for (const { value } of [...inputs, output]) lastUse.set(memoryOf(value), index);
  });
  for (const { value } of plan.outputs) lastUse.set(memoryOf(value), dispatches.length);
  const freed = new Map<number, number>();
  const born = new Set<number>();
  let alive = 0;
  let most = 0;
  const hold = (value: number, size: number) => {
    const memory = memoryOf(value);
    if (born.has(memory)) return;
    born.add(memory);
    const dies = lastUse.get(memory) ?? -1;
    freed.set(dies, (freed.get(dies) ?? 0) + size);
    alive += size;
    most = Math.max(most, alive);
  };
  hold(0, plan.input.size);
  alive -= freed.get(-1) ?? 0;
  dispatches.forEach(({ output }, index) => {
    hold(output.value, output.size);
    alive -= freed.get(index) ?? 0;
  });
  return most;
}
