import type { Ends, Padding, Pads, Pair } from "../ir/window.ts";

/** A whole number between two bounds; one that counts channels is rounded to multiples. */
export interface WholeKind {
  readonly kind: "whole";
  readonly low: number;
  readonly high: number;
  readonly countsChannels: boolean;
}

/** A number; `wanted` says in words which ones are accepted. */
export interface NumberKind {
  readonly kind: "number";
  readonly wanted: string;
  readonly accepts: (value: number) => boolean;
}

/** One of several words, none with settings. It is read as the word. */
export interface WordKind<Name extends string = string> {
  readonly kind: "word";
  readonly words: Readonly<Record<Name, Word>>;
}

/** One of several words, some with settings, `batch(eps=1e-3)`. It is read as `{ kind: "batch", eps: 1e-3, … }`. */
export interface CallKind<Table extends Words = Words> {
  readonly kind: "call";
  readonly words: Table;
  /** The word that a number stands for, as its setting `value`; numbers are refused where it is left out. */
  readonly ofNumber?: keyof Table & string;
}

/** What an argument takes, and so how it is read, proposed and described. */
export type ArgumentKind =
  | WholeKind
  | NumberKind
  | WordKind
  | CallKind
  /** True or false. */
  | { readonly kind: "boolean" }
  /** True, false, or the compiler's choice. */
  | { readonly kind: "bias" }
  /** One number for both axes, or `[vertical, horizontal]`; each at least `low`. */
  | { readonly kind: "pair"; readonly low: 0 | 1 }
  /** Rows and columns around a map, `[top, bottom, left, right]`, or one number for all sides. */
  | { readonly kind: "margins" }
  /** `[before, after]` on an axis, or one number for both. */
  | { readonly kind: "ends" }
  /** A way to pad, or `[top, bottom, left, right]`. */
  | { readonly kind: "padding" }
  /** Extents of a value: as many as one of `counts` says, channels last. */
  | { readonly kind: "extents"; readonly counts: readonly number[] }
  /** One number for all channels, or a list of one for each. */
  | { readonly kind: "per-channel"; readonly channels: number; readonly each: NumberKind };

export type KindName = ArgumentKind["kind"];

interface PlainValues {
  readonly whole: number;
  readonly number: number;
  readonly boolean: boolean;
  readonly bias: boolean | "auto";
  readonly pair: Pair;
  readonly margins: Pads;
  readonly ends: Ends;
  readonly padding: Padding;
  readonly extents: readonly number[];
  readonly "per-channel": readonly number[];
}

/** A word of some table with its settings. */
export interface CalledWord {
  readonly kind: string;
  readonly [setting: string]: number | boolean | string | readonly number[] | CalledWord;
}

/** What an argument of a kind is read as. */
export type ValueOf<K extends ArgumentKind> = K extends { readonly kind: keyof PlainValues }
  ? PlainValues[K["kind"]]
  : K extends CallKind<infer Table>
    ? CallOf<Table>
    : K extends WordKind<infer Name>
      ? Name
      : never;

type CallOf<Table extends Words> = string extends keyof Table
  ? CalledWord
  : { readonly [Name in keyof Table]: { readonly kind: Name } & ValuesOf<Table[Name]["settings"]> }[keyof Table];

interface SpecFields<K extends ArgumentKind> {
  readonly kind: K;
  /** What it means, in a line. */
  readonly doc: string;
  /** What other frameworks call it, in lower case without `_`. */
  readonly elsewhere: readonly string[];
  /** The argument without which this one has no effect, with what is said where it is given all the same. */
  readonly needs: {
    readonly argument: string;
    /** The words of that argument with which this one has an effect; left out: all. */
    readonly words?: readonly string[];
    readonly message: string;
    readonly hint: string;
  } | null;
}

/** An argument of an op, or a setting of a word: it must be given, may be left out, or has a default. */
export type ArgumentSpec<K extends ArgumentKind = ArgumentKind> = RequiredSpec<K> | OptionalSpec<K> | DefaultedSpec<K>;

export interface RequiredSpec<K extends ArgumentKind> extends SpecFields<K> {
  readonly presence: "required";
}

/** Read as null where it is left out. */
export interface OptionalSpec<K extends ArgumentKind> extends SpecFields<K> {
  readonly presence: "optional";
}

export interface DefaultedSpec<K extends ArgumentKind> extends SpecFields<K> {
  readonly presence: "defaulted";
  readonly fallback: ValueOf<K>;
}

/** Arguments by name, in the order in which they are written. */
export type ArgumentSpecs = Readonly<Record<string, ArgumentSpec>>;

type ValueOfSpec<A extends ArgumentSpec> = A extends { readonly presence: "optional" }
  ? ValueOf<A["kind"]> | null
  : ValueOf<A["kind"]>;

/** What arguments are read as, by name. */
export type ValuesOf<Table extends ArgumentSpecs> = { readonly [Key in keyof Table]: ValueOfSpec<Table[Key]> };

/** A word of the language that stands for itself. */
export interface Word<Settings extends ArgumentSpecs = ArgumentSpecs> {
  /** What it means, in a line. */
  readonly doc: string;
  /** What other frameworks call it, in lower case without `_`. */
  readonly elsewhere: readonly string[];
  readonly settings: Settings;
  /** How it is written, for hints. */
  readonly usage: string | null;
}

/** Words by name, in the order in which they are listed to people. */
export type Words = Readonly<Record<string, Word>>;

type Extra<K extends ArgumentKind> = Partial<Pick<SpecFields<K>, "elsewhere" | "needs">>;

/** Makes an argument that must be given. */
export function required<K extends ArgumentKind>(kind: K, doc: string, extra: Extra<K> = {}): RequiredSpec<K> {
  return { presence: "required", kind, doc, elsewhere: [], needs: null, ...extra };
}

/** Makes an argument that may be left out, and then has no value. */
export function optional<K extends ArgumentKind>(kind: K, doc: string, extra: Extra<K> = {}): OptionalSpec<K> {
  return { presence: "optional", kind, doc, elsewhere: [], needs: null, ...extra };
}

/** Makes an argument that has a default. */
export function defaulted<K extends ArgumentKind>(
  kind: K,
  fallback: ValueOf<K>,
  doc: string,
  extra: Extra<K> = {},
): DefaultedSpec<K> {
  return { presence: "defaulted", kind, fallback, doc, elsewhere: [], needs: null, ...extra };
}

/** Makes a word without settings. */
export function word(doc: string, elsewhere: readonly string[] = []) {
  return { doc, elsewhere, settings: {}, usage: null } as const satisfies Word;
}

/** Makes a word with settings, given by position or by name in their order. */
export function wordWith<Settings extends ArgumentSpecs>(
  doc: string,
  settings: Settings,
  usage: string,
  elsewhere: readonly string[] = [],
): Word<Settings> {
  return { doc, elsewhere, settings, usage };
}
