import type { Value } from "../environment.ts";
import { symbolNames } from "../../language/symbols.ts";
import { booleanValue, numberValue, symbolValue } from "./value.ts";

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?([KMG])?$/;
const EXPONENTS = { K: 3, M: 6, G: 9 } as const;

/** Values of params that are given as text, by name. */
export function paramValues(set: ReadonlyMap<string, string>): ReadonlyMap<string, Value> {
  return new Map([...set].map(([name, text]) => [name, parseParamValue(text)]));
}

/**
 * Returns the value of TEXT in `--set name=TEXT`, read as the language reads it: as a number, a boolean or a symbol. Any other
 * text is a string.
 */
export function parseParamValue(text: string): Value {
  if (text === "true" || text === "false") return booleanValue(text === "true");
  const match = NUMBER.exec(text);
  if (match !== null) {
    const suffix = match[1] as keyof typeof EXPONENTS | undefined;
    return numberValue(suffix === undefined ? Number(text) : Number(`${text.slice(0, -1)}e${EXPONENTS[suffix]}`));
  }
  return symbolNames.has(text) ? symbolValue(text) : { kind: "string", value: text };
}
