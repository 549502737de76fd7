import { targetKey, type Target } from "./module-plan.ts";
import { INPUT, type Ref } from "./ref.ts";
import type { Value } from "./value.ts";

/** One call in an instance. Steps with the same path and target become one line of a helper. */
export interface Step<L extends string> {
  readonly path: string;
  readonly target: Target<L>;
  readonly values: ReadonlyMap<string, Value>;
  readonly inputs: readonly Ref[];
}

export interface Instance<L extends string> {
  readonly steps: readonly Step<L>[];
  readonly output: Ref;
}

/** A line of the helper. */
export interface Slot<L extends string> {
  readonly path: string;
  readonly target: Target<L>;
  readonly inputs: readonly Ref[];
  /** For each instance, its step at this line, or null if it has none. */
  readonly steps: readonly (Step<L> | null)[];
  /** Index into `parts`, or null for a line that is in every instance. */
  readonly part: number | null;
}

/** Adjacent lines that some instances leave out. In such an instance, `bypass` replaces the value of the lines. */
export interface Part {
  readonly first: number;
  readonly last: number;
  readonly bypass: Ref;
}

export interface Alignment<L extends string> {
  readonly slots: readonly Slot<L>[];
  readonly parts: readonly Part[];
  readonly output: Ref;
}

/**
 * Aligns instances by path. Returns the lines of one function, with optional parts, that makes all instances. Returns
 * null if the instances branch differently.
 */
export function alignInstances<L extends string>(instances: readonly Instance<L>[]): Alignment<L> | null {
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

/** Returns the same text for instances that have the same steps and connections. */
export function structureKey<L extends string>({ steps, output }: Instance<L>): string {
  return JSON.stringify([output, ...steps.map(({ path, target, inputs }) => [path, targetKey(target), inputs])]);
}

function stepKey<L extends string>({ path, target }: Step<L>): string {
  return `${path} ${targetKey(target)}`;
}

/**
 * Returns an order of the steps that agrees with the order in every instance. Returns null if two instances disagree
 * or if one path has two targets.
 */
function mergeOrders<L extends string>(instances: readonly Instance<L>[]): readonly string[] | null {
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

/** An instance, indexed by the slots of the merged order. */
interface Placed<L extends string> {
  readonly steps: readonly (Step<L> | null)[];
  /** For each slot, the slots of its inputs. */
  readonly inputs: readonly (readonly Ref[])[];
  readonly output: Ref;
}

function placeSteps<L extends string>(
  instance: Instance<L>,
  positions: ReadonlyMap<string, number>,
  length: number,
): Placed<L> {
  const slotOf = (ref: Ref): Ref => {
    const step = instance.steps[ref];
    return step === undefined ? INPUT : (positions.get(stepKey(step)) ?? INPUT);
  };
  const steps: (Step<L> | null)[] = new Array<Step<L> | null>(length).fill(null);
  const inputs: (readonly Ref[])[] = new Array<readonly Ref[]>(length).fill([]);
  for (const [ref, step] of instance.steps.entries()) {
    steps[slotOf(ref)] = step;
    inputs[slotOf(ref)] = step.inputs.map(slotOf);
  }
  return { steps, inputs, output: slotOf(instance.output) };
}

/** Groups consecutive slots that exist in exactly the same instances. Slots of all instances are left out. */
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

/**
 * Yields, for each optional part, the outside input that replaces it when it is left out. A part with several outside
 * inputs, such as a residual add, gives several choices.
 */
function* bypassChoices<L extends string>(
  spans: readonly { first: number; last: number }[],
  placed: readonly Placed<L>[],
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
 * Finds one value for every input of every slot that is right in each instance. The bypass replaces a part that an
 * instance lacks.
 *
 * @param choices The parts. `bypass` is the index of one of the part's inputs from outside.
 */
function wire<L extends string>(
  placed: readonly Placed<L>[],
  choices: readonly { first: number; last: number; bypass: number }[],
): Alignment<L> | null {
  const partOf = new Map<number, number>();
  for (const [part, { first, last }] of choices.entries())
    for (let slot = first; slot <= last; slot++) partOf.set(slot, part);
  const bypasses: (Ref | null)[] = choices.map(() => null);
  const wired: (readonly Ref[])[] = [];

  /** Returns the value that a slot has in an instance, or null inside a part that the instance lacks. */
  const resolve = (instance: Placed<L>, ref: Ref): Ref | null => {
    if (ref === INPUT || instance.steps[ref] !== null) return ref;
    const part = partOf.get(ref) ?? -1;
    const bypass = bypasses[part];
    if (bypass === null || bypass === undefined || choices[part]?.last !== ref) return null;
    return resolve(instance, bypass);
  };
  const find = (
    before: number,
    wanted: readonly { instance: Placed<L>; ref: Ref }[],
    exactFirst: boolean,
  ): Ref | null => {
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
