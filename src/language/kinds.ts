import type { ArgumentKind, CallKind, NumberKind, WholeKind, WordKind, Words, Word } from "./argument.ts";
import { MAX_CHANNELS } from "./limits.ts";

/** A whole number from `low` to `high`. */
export function whole(low: number, high: number): WholeKind {
  return { kind: "whole", low, high, countsChannels: false };
}

/** A number that `accepts` holds for; `wanted` says so in words. */
export function number(wanted: string, accepts: (value: number) => boolean): NumberKind {
  return { kind: "number", wanted, accepts };
}

/** A number of channels, or of groups of them. */
export const channelCount: WholeKind = { kind: "whole", low: 1, high: MAX_CHANNELS, countsChannels: true };

export const anyNumber = number("a number", () => true);
export const positive = number("a number above 0", (value) => value > 0);
export const notNegative = number("a number from 0 up", (value) => value >= 0);
export const share = number("a number from 0 to 1", (value) => value >= 0 && value <= 1);
export const shareBelowOne = number("a number from 0 up to but not 1", (value) => value >= 0 && value < 1);

export const boolean = { kind: "boolean" } as const satisfies ArgumentKind;
export const bias = { kind: "bias" } as const satisfies ArgumentKind;
export const pair = { kind: "pair", low: 1 } as const satisfies ArgumentKind;
export const pairFromZero = { kind: "pair", low: 0 } as const satisfies ArgumentKind;
export const margins = { kind: "margins" } as const satisfies ArgumentKind;
export const ends = { kind: "ends" } as const satisfies ArgumentKind;
export const padding = { kind: "padding" } as const satisfies ArgumentKind;

/** Extents of a value, as many as one of `counts` says. */
export function extents(counts: readonly number[]) {
  return { kind: "extents", counts } as const satisfies ArgumentKind;
}

/** One of several words without settings. */
export function oneOf<Name extends string>(words: Readonly<Record<Name, Word>>): WordKind<Name> {
  return { kind: "word", words };
}

/** One of several words, some with settings. */
export function callOf<Table extends Words>(words: Table): CallKind<Table> {
  return { kind: "call", words };
}
