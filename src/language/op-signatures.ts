import type { ArgumentSpec } from "./argument.ts";
import { opEntries, opEntry, type LanguageOp } from "./ops.ts";
import { wordsTaken } from "./vocabulary.ts";
import { residualModes } from "./words/residual-modes.ts";

export { languageOps, type LanguageOp } from "./ops.ts";

/** What may follow an op's name. The last `optional` of the positional arguments may be left out. */
export interface OpSignature {
  readonly positional: readonly string[];
  readonly optional: number;
  readonly attributes: readonly string[];
  /** How it is written, for hints. */
  readonly usage: string;
}

const signatures: ReadonlyMap<string, OpSignature> = new Map(
  Object.entries(opEntries).map(([name, { positional, attributes, usage }]) => {
    const specs: readonly ArgumentSpec[] = Object.values(positional);
    return [
      name,
      {
        positional: Object.keys(positional),
        optional: specs.filter(({ presence }) => presence !== "required").length,
        attributes: Object.keys(attributes),
        usage,
      },
    ];
  }),
);

/** The signature of an op; null for what is no op. */
export function signatureOf(name: LanguageOp): OpSignature;
export function signatureOf(name: string): OpSignature | null;
export function signatureOf(name: string): OpSignature | null {
  return signatures.get(name) ?? null;
}

/** An argument of an op, positional or named; null for what the op does not take. */
export function argumentOf(op: string, key: string): ArgumentSpec | null {
  const entry = opEntry(op);
  if (entry === null) return null;
  for (const specs of [entry.positional, entry.attributes]) {
    if (Object.hasOwn(specs, key)) return specs[key] ?? null;
  }
  return null;
}

type AttributeKey = { [Op in LanguageOp]: keyof (typeof opEntries)[Op]["attributes"] }[LanguageOp];

/** What a `default` may set, in the order in which the formatter writes it. */
export const defaultableAttributes: readonly string[] = [
  "norm",
  "act",
  "bias",
  "padding",
  "multiplier",
  "init",
  "bias_init",
] satisfies readonly AttributeKey[];

/** The words that an op's argument takes, for a name that is none of them; null where it takes values alone. */
export function symbolsTaken(op: string, key: string): readonly string[] | null {
  if (key === "residual") return Object.keys(residualModes);
  const spec = argumentOf(op, key);
  return spec === null ? null : wordsTaken(spec.kind);
}
