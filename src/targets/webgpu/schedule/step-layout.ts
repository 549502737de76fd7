import type { ChannelView } from "./channel-view.ts";
import { readsOf, type Schedule, type Step, type Value } from "./schedule.ts";
import type { StorageType } from "./storage-type.ts";

/** How the numbers of a value are stored, and where they lie. */
export interface ValueLayout {
  readonly type: StorageType;
  /** The channels of a wider map that the value is; null where it lies alone. */
  readonly view: ChannelView | null;
}

/** How the values and weights of a step lie in memory: what a kernel's loads and stores are written for. */
export interface StepLayout {
  /** The step's inputs, in order. One that is missing lies alone, in float32. */
  readonly inputs: readonly ValueLayout[];
  /** The values that its epilogue adds, in order. */
  readonly added: readonly ValueLayout[];
  readonly weights: StorageType;
  readonly output: ValueLayout;
}

/** A value in float32 that lies alone. */
export const ALONE: ValueLayout = { type: "f32", view: null };

/** All values alone, and all in float32: the layout that kernels are weighed in. */
export const PLAIN_LAYOUT: StepLayout = { inputs: [], added: [], weights: "f32", output: ALONE };

/** Returns how a schedule lays out what a step reads and writes. */
export function layoutOf(step: Step, { values, precision }: Schedule): StepLayout {
  const reads = readsOf(step).map((value) => valueLayout(values[value]));
  return {
    inputs: reads.slice(0, step.inputs.length),
    added: reads.slice(step.inputs.length),
    weights: precision,
    output: valueLayout(values[step.output]),
  };
}

function valueLayout(value: Value | undefined): ValueLayout {
  return value === undefined ? ALONE : { type: value.type, view: value.within?.view ?? null };
}
