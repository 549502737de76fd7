import type { Op } from "../ir/op.ts";
import type { ActivationOp } from "../ir/ops/activation.ts";
import type { BatchNormOp } from "../ir/ops/batch-norm.ts";
import type { PreluOp } from "../ir/ops/prelu.ts";
import type { ResponseNormOp } from "../ir/ops/response-norm.ts";
import type { SampleNormOp } from "../ir/ops/sample-norm.ts";
import type { ArgumentSpecs, ValuesOf } from "./argument.ts";

/** The node of a norm that a layer can have. */
export type NormOp = BatchNormOp | SampleNormOp;
/** The node of a norm that stands on its own. */
export type OwnNormOp = NormOp | ResponseNormOp;

/** The node of any activation, with or without weights. */
export type AnyActivationOp = ActivationOp | PreluOp;

/** What a statement comes to: its own node, then its norm, then its activation. */
export interface LayerParts<Own extends Op = Op> {
  /** Null where the statement leaves its input as it is. */
  readonly own: Own | null;
  readonly norm: NormOp | null;
  readonly act: AnyActivationOp | null;
}

/** What other frameworks call an op, in lower case without `_`, and how mnet writes it. */
export interface OpElsewhere {
  readonly names: readonly string[];
  readonly written: string;
}

/** All that the language knows of an op that a statement can name; one file each under `ops/`. */
export interface LanguageOpEntry<Positional extends ArgumentSpecs, Attributes extends ArgumentSpecs, Own extends Op> {
  /** What it does, in a line. */
  readonly doc: string;
  /** How it is written, for hints. */
  readonly usage: string;
  readonly elsewhere: readonly OpElsewhere[];
  /** Arguments by position. Those that may be left out come last. */
  readonly positional: Positional;
  /** Arguments by name, in the order in which the formatter writes them. */
  readonly attributes: Attributes;
  /** The nodes of a statement whose arguments were read. */
  readonly make: (values: ValuesOf<Positional> & ValuesOf<Attributes>) => LayerParts<Own>;
}

/** An entry whatever its arguments are. */
export type AnyLanguageOp = Omit<LanguageOpEntry<ArgumentSpecs, ArgumentSpecs, Op>, "make"> & {
  readonly make: (values: never) => LayerParts;
};

/** Checks an entry, and keeps the types of its arguments. */
export function languageOp<Positional extends ArgumentSpecs, Attributes extends ArgumentSpecs, Own extends Op>(
  entry: LanguageOpEntry<Positional, Attributes, Own>,
): LanguageOpEntry<Positional, Attributes, Own> {
  return entry;
}

/** A layer without a norm or an activation of its own. */
export function plainLayer<Own extends Op>(own: Own): LayerParts<Own> {
  return { own, norm: null, act: null };
}
