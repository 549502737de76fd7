import type {
  ArgumentKind,
  ArgumentSpecs,
  CalledWord,
  CallKind,
  KindName,
  ValueOf,
  ValuesOf,
} from "../../language/argument.ts";
import { keyElsewhere } from "../../language/op-elsewhere.ts";
import { counted } from "../../text/counted.ts";
import { didYouMean } from "../../text/did-you-mean.ts";
import { reportAtExpression } from "../values/blame.ts";
import type { Argument, SymbolValue } from "../environment.ts";
import type { LoweringState } from "../state.ts";
import { readEnds, readExtents, readMargins, readNumber, readPair, readPerChannel, readWhole } from "./read-number.ts";
import { readBias, readBoolean, readPadding, readWord, refuseWord } from "./read-word.ts";
import type { Reader } from "./reader.ts";

type KindNamed<Name extends KindName> = Extract<ArgumentKind, { readonly kind: Name }>;

/** How an argument is read, by the kind that its op declares. */
const readers: { readonly [Name in KindName]: (kind: KindNamed<Name>) => Reader<ValueOf<KindNamed<Name>>> } = {
  whole: readWhole,
  number: readNumber,
  boolean: () => readBoolean,
  bias: () => readBias,
  pair: ({ low }) => readPair(low),
  margins: () => readMargins,
  ends: () => readEnds,
  padding: () => readPadding,
  extents: ({ counts }) => readExtents(counts),
  "per-channel": ({ channels, each }) => readPerChannel(channels, each),
  word: ({ words }) => readWord(words),
  call: readCall,
};

/** Reads one argument, which messages call `key`. Reports a fault. Returns null if the argument is in error or unknown. */
export function readArgument<K extends ArgumentKind>(
  state: LoweringState,
  key: string,
  argument: Argument,
  kind: K,
): ValueOf<K> | null {
  // The table is keyed by the kind's own name, which TypeScript cannot follow through an index.
  const reader = readers[kind.kind] as unknown as (kind: K) => Reader<ValueOf<K>>;
  return reader(kind)(state, key, argument);
}

/** The values of arguments that are read, by name. */
export type ArgumentValues = ValuesOf<ArgumentSpecs>;

/**
 * Reads all arguments, with defaults for those that are not given. Reports every argument in error, and returns null if there is
 * one. `shown` gives the name that messages use for an argument.
 */
export function readArguments(
  state: LoweringState,
  specs: ArgumentSpecs,
  given: ReadonlyMap<string, Argument>,
  shown: (key: string) => string,
): ArgumentValues | null {
  const values: Record<string, ArgumentValues[string]> = {};
  let failed = false;
  for (const [key, spec] of Object.entries(specs)) {
    const argument = given.get(key);
    if (argument === undefined) {
      values[key] = spec.presence === "defaulted" ? spec.fallback : null;
    } else if (spec.needs !== null && !isMet(spec.needs, given)) {
      const { expression, scope } = argument;
      const { message, hint } = spec.needs;
      reportAtExpression(state, { code: "attribute/unused", expression, scope, message, hint });
      failed = true;
    } else {
      const value = readArgument(state, shown(key), argument, spec.kind);
      values[key] = value;
      failed ||= value === null;
    }
  }
  return failed ? null : values;
}

/** Tells whether the argument that another needs is given, as one of the words that are asked for. */
function isMet(
  { argument, words }: NonNullable<ArgumentSpecs[string]["needs"]>,
  given: ReadonlyMap<string, Argument>,
): boolean {
  const value = given.get(argument)?.value;
  if (value === undefined || words === undefined) return value !== undefined;
  return value.kind !== "symbol" || words.includes(value.name);
}

/** Reads one of several words, with its settings. */
function readCall({ words, ofNumber }: CallKind): Reader<CalledWord> {
  return (state, key, argument) => {
    const { value, expression, scope } = argument;
    if (value.kind === "number" && ofNumber !== undefined) return { kind: ofNumber, value: value.value };
    const word = value.kind === "symbol" && Object.hasOwn(words, value.name) ? words[value.name] : undefined;
    if (value.kind !== "symbol" || word === undefined) return refuseWord(state, key, argument, Object.keys(words));
    const given = settingsGiven(state, value, Object.keys(word.settings));
    if (given === null) return null;
    const missing = Object.entries(word.settings).find(
      ([name, { presence }]) => presence === "required" && !given.has(name),
    );
    if (missing !== undefined) {
      reportAtExpression(state, {
        code: "attribute/setting",
        expression,
        scope,
        message: `"${value.name}" needs its ${missing[0]}, but none is given.`,
        hint: `Write "${key}=${word.usage ?? value.name}".`,
      });
      return null;
    }
    const settings = readArguments(state, word.settings, given, (name) => name);
    return settings === null ? null : { kind: value.name, ...settings };
  };
}

/** Returns the settings of a symbol such as `batch(…)` by name. Settings without a name take the names in order. */
function settingsGiven(
  state: LoweringState,
  symbol: SymbolValue,
  names: readonly string[],
): ReadonlyMap<string, Argument> | null {
  const settings = new Map<string, Argument>();
  for (const [index, { name: written, value, expression, scope }] of symbol.args.entries()) {
    const name = written ?? names[index];
    if (name === undefined || !names.includes(name) || settings.has(name)) {
      const elsewhere = keyElsewhere(name ?? "");
      const near = elsewhere !== null && names.includes(elsewhere) ? elsewhere : didYouMean(name ?? "", names);
      const use = names.length === 1 ? "Use" : "Use one of";
      reportAtExpression(state, {
        code: "attribute/setting",
        expression,
        scope,
        message:
          name === undefined
            ? `"${symbol.name}" takes ${counted(names.length, "setting")}, but is given ${symbol.args.length}.`
            : settings.has(name)
              ? `"${symbol.name}" is given "${name}" twice.`
              : `"${symbol.name}" has no setting "${name}".`,
        hint: near === null ? `${use} ${names.join(", ")}.` : `Did you mean "${near}"?`,
      });
      return null;
    }
    settings.set(name, { value, expression, scope });
  }
  return settings;
}
