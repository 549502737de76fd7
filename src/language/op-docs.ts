import { words } from "./vocabulary.ts";
import { argumentOf } from "./op-signatures.ts";
import type { ArgumentSpec, CalledWord, ValueOf, ArgumentKind } from "./argument.ts";

/** An argument in words. */
export interface ArgumentDoc {
  readonly doc: string;
  /** What holds where nothing is said, as it is written; null where something must be said, or nothing fixed holds. */
  readonly fallback: string | null;
}

/** Describes an op's argument, positional or named; null for what the op does not take. */
export function argumentDoc(op: string, key: string): ArgumentDoc | null {
  const spec = argumentOf(op, key);
  return spec === null ? null : describeArgument(spec);
}

/** Describes a setting of a word; null for what the word does not take. */
export function settingDoc(word: string, key: string): ArgumentDoc | null {
  const spec = words.get(word)?.settings[key];
  return spec === undefined ? null : describeArgument(spec);
}

/** Describes an argument of an op, or a setting of a word. */
export function describeArgument(spec: ArgumentSpec): ArgumentDoc {
  return { doc: spec.doc, fallback: spec.presence === "defaulted" ? formatValue(spec.fallback) : null };
}

/** A value as a spec writes it. A pair or padding of equal numbers is one number. */
function formatValue(value: ValueOf<ArgumentKind>): string {
  if (typeof value === "number") return formatNumber(value);
  if (typeof value === "boolean" || typeof value === "string") return String(value);
  if (!("kind" in value)) {
    const [first] = value;
    return value.length === 2 && first === value[1] ? formatNumber(first) : `[${value.map(formatNumber).join(", ")}]`;
  }
  return formatCall(value);
}

function formatCall({ kind, ...settings }: CalledWord): string {
  const given = Object.entries(settings).map(([key, value]) => `${key}=${formatValue(value)}`);
  return given.length === 0 ? kind : `${kind}(${given.join(", ")})`;
}

/** The shorter of `0.001` and `1e-3`. */
function formatNumber(value: number): string {
  const [plain, short] = [String(value), value.toExponential()];
  return short.length < plain.length ? short : plain;
}
