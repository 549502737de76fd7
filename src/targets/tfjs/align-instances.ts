import { INPUT, type Ref } from "./body-tree.ts";
import type { Value } from "./value.ts";

/** An item of an instance, ready to be compared: what is called, with which values. */
export interface Step {
  readonly path: string;
  /** `layer:conv2d`, `call:bottleneck`: steps of one target are one line of a helper. */
  readonly target: string;
  readonly values: ReadonlyMap<string, Value>;
  readonly inputs: readonly Ref[];
}

export interface Instance {
  readonly steps: readonly Step[];
  readonly output: Ref;
}

/** A line of the helper. */
export interface Slot {
  readonly path: string;
  readonly target: string;
  readonly inputs: readonly Ref[];
  /** By instance: the step that stands here, or null. */
  readonly steps: readonly (Step | null)[];
  /** Index into `parts`, or null for a line that every instance has. */
  readonly part: number | null;
}

/** Lines that stand together and that some instances leave out; without them, the value `bypass` goes on. */
export interface Part {
  readonly first: number;
  readonly last: number;
  readonly bypass: Ref;
}

export interface Alignment {
  readonly slots: readonly Slot[];
  readonly parts: readonly Part[];
  readonly output: Ref;
}

/**
 * The lines that all instances share, laid over each other by path; null where they branch differently, so that no one
 * function with optional parts says them all.
 */
export function alignInstances(instances: readonly Instance[]): Alignment | null {
  const order = mergeOrders(instances);
  if (order === null) return null;
  const positions = new Map(order.map((key, position) => [key, position]));
  const placed = instances.map((instance) => placeSteps(instance, positions, order.length));
  const present = order.map((_, slot) => placed.map(({ steps }) => steps[slot] !== null));
  if (order.length > 0 && !present.some((row) => row.every(Boolean))) return null;
  const spans = optionalSpans(present);
  for (const bypasses of bypassChoices(spans, placed)) {
    const alignment = wire(
      placed,
      spans.map((span, part) => ({ ...span, bypass: bypasses[part] ?? 0 })),
    );
    if (alignment !== null) return alignment;
  }
  return null;
}

/** Two instances of one structure: the same steps, wired the same. */
export function structureKey({ steps, output }: Instance): string {
  return JSON.stringify([output, ...steps.map(({ path, target, inputs }) => [path, target, inputs])]);
}

const stepKey = ({ path, target }: Step): string => `${path} ${target}`;

/** One order that holds every instance's; null where two disagree, or where one path means two things. */
function mergeOrders(instances: readonly Instance[]): readonly string[] | null {
  const order: string[] = [];
  for (const { steps } of instances) {
    let after = -1;
    for (const step of steps) {
      const key = stepKey(step);
      const found = order.indexOf(key);
      if (found >= 0 && found <= after) return null;
      if (found < 0) order.splice(after + 1, 0, key);
      after = found < 0 ? after + 1 : found;
    }
  }
  const paths = new Set(instances.flatMap(({ steps }) => steps.map(stepKey)).map((key) => key.split(" ", 1)[0]));
  return paths.size === order.length ? order : null;
}

interface Placed {
  /** By slot. */
  readonly steps: readonly (Step | null)[];
  /** By slot, in slots of this order. */
  readonly inputs: readonly (readonly Ref[])[];
  readonly output: Ref;
}

function placeSteps(instance: Instance, positions: ReadonlyMap<string, number>, length: number): Placed {
  const slotOf = (ref: Ref): Ref => {
    const step = instance.steps[ref];
    return step === undefined ? INPUT : (positions.get(stepKey(step)) ?? INPUT);
  };
  const steps: (Step | null)[] = new Array<Step | null>(length).fill(null);
  const inputs: (readonly Ref[])[] = new Array<readonly Ref[]>(length).fill([]);
  for (const [ref, step] of instance.steps.entries()) {
    steps[slotOf(ref)] = step;
    inputs[slotOf(ref)] = step.inputs.map(slotOf);
  }
  return { steps, inputs, output: slotOf(instance.output) };
}

/** Runs of slots that the same instances have, other than those all have. */
function optionalSpans(present: readonly (readonly boolean[])[]): readonly { first: number; last: number }[] {
  const spans: { first: number; last: number; row: string }[] = [];
  for (const [slot, row] of present.entries()) {
    if (row.every(Boolean)) continue;
    const previous = spans.at(-1);
    if (previous?.last === slot - 1 && previous.row === row.join()) previous.last = slot;
    else spans.push({ first: slot, last: slot, row: row.join() });
  }
  return spans;
}

/** A part with several inputs from outside (a residual add) can be left out in favour of each: which one is tried. */
function* bypassChoices(
  spans: readonly { first: number; last: number }[],
  placed: readonly Placed[],
): Generator<readonly number[]> {
  const counts = spans.map(({ first, last }) => {
    const owner = placed.find(({ steps }) => steps[first] !== null);
    const outside = owner?.inputs.slice(first, last + 1).flatMap((refs) => refs.filter((ref) => ref < first)) ?? [];
    return Math.max(1, outside.length);
  });
  const total = Math.min(
    64,
    counts.reduce((product, count) => product * count, 1),
  );
  for (let number = 0; number < total; number++) {
    let rest = number;
    yield counts.map((count) => {
      const choice = rest % count;
      rest = Math.floor(rest / count);
      return choice;
    });
  }
}

/**
 * Finds for every input of every slot the one value that each instance means, where a part that an instance lacks stands
 * for its bypass. Here `bypass` counts the part's inputs from outside.
 */
function wire(
  placed: readonly Placed[],
  choices: readonly { first: number; last: number; bypass: number }[],
): Alignment | null {
  const partOf = new Map<number, number>();
  for (const [part, { first, last }] of choices.entries())
    for (let slot = first; slot <= last; slot++) partOf.set(slot, part);
  const bypasses: (Ref | null)[] = choices.map(() => null);
  const wired: (readonly Ref[])[] = [];

  /** What a value is in an instance; null for the inside of a part it lacks. */
  const resolve = (instance: Placed, ref: Ref): Ref | null => {
    if (ref === INPUT || instance.steps[ref] !== null) return ref;
    const part = partOf.get(ref) ?? -1;
    const bypass = bypasses[part];
    if (bypass === null || bypass === undefined || choices[part]?.last !== ref) return null;
    return resolve(instance, bypass);
  };
  const find = (before: number, wanted: readonly { instance: Placed; ref: Ref }[], exactFirst: boolean): Ref | null => {
    const fits = (candidate: Ref) => wanted.every(({ instance, ref }) => resolve(instance, candidate) === ref);
    const exact = Math.max(INPUT, ...wanted.map(({ ref }) => ref));
    if (exactFirst && fits(exact)) return exact;
    for (let candidate = before - 1; candidate >= exact; candidate--) if (fits(candidate)) return candidate;
    return null;
  };

  const slots = placed[0]?.steps.length ?? 0;
  for (let slot = 0; slot < slots; slot++) {
    const owners = placed.filter((instance) => instance.steps[slot] !== null);
    const count = owners[0]?.inputs[slot]?.length ?? 0;
    if (owners.some((instance) => instance.inputs[slot]?.length !== count)) return null;
    const refs: Ref[] = [];
    for (let input = 0; input < count; input++) {
      const wanted = owners.map((instance) => ({ instance, ref: instance.inputs[slot]?.[input] ?? INPUT }));
      const ref = find(slot, wanted, input > 0);
      if (ref === null) return null;
      refs.push(ref);
    }
    wired.push(refs);
    const part = partOf.get(slot);
    const choice = part === undefined ? undefined : choices[part];
    if (part !== undefined && choice?.last === slot) {
      const outside = wired
        .slice(choice.first, slot + 1)
        .flatMap((inputs) => inputs.filter((ref) => ref < choice.first));
      bypasses[part] = outside[choice.bypass] ?? null;
    }
  }
  const output = find(
    slots,
    placed.map((instance) => ({ instance, ref: instance.output })),
    false,
  );
  if (output === null) return null;
  return {
    slots: wired.map((inputs, slot) => {
      const steps = placed.map((instance) => instance.steps[slot] ?? null);
      const [step] = steps.filter((candidate) => candidate !== null);
      if (step === undefined) throw new Error("internal: a slot that no instance fills");
      return { path: step.path, target: step.target, inputs, steps, part: partOf.get(slot) ?? null };
    }),
    parts: choices.map(({ first, last }, part) => ({ first, last, bypass: bypasses[part] ?? INPUT })),
    output,
  };
}
