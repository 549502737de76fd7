import type { SymbolValue, Value } from "../environment.ts";

export const UNKNOWN: Value = { kind: "unknown" };

export function numberValue(value: number): Value {
  return { kind: "number", value };
}

export function booleanValue(value: boolean): Value {
  return { kind: "boolean", value };
}

export function symbolValue(name: string): SymbolValue {
  return { kind: "symbol", name, args: [] };
}

/** True if a value is in error, or holds one that is. */
export function isUnknown(value: Value): boolean {
  return value.kind === "unknown" || (value.kind === "list" && value.elements.some(isUnknown));
}

/** Writes a value as a person would write it: `32`, `[1, 2]`, `batch`. */
export function describe(value: Value): string {
  switch (value.kind) {
    case "number":
      return describeNumber(value.value);
    case "boolean":
      return String(value.value);
    case "string":
      return JSON.stringify(value.value);
    case "list":
      return `[${value.elements.map(describe).join(", ")}]`;
    case "symbol":
      return value.name;
    case "unknown":
      return "?";
  }
}

/** Writes a number with twelve digits, so that 0.35 * 24 reads 8.4. It writes all digits if twelve would read as a whole number. */
function describeNumber(value: number): string {
  const short = Number(value.toPrecision(12));
  return String(Number.isInteger(short) ? value : short);
}

const articles = {
  number: "a number",
  boolean: "true or false",
  string: "a string",
  list: "a list",
  symbol: "a symbol",
  unknown: "unknown",
} as const;

/** Returns the words for a kind of value: `a number`, `true or false`. */
export function kindWithArticle(value: Value): string {
  return articles[value.kind];
}

/** Returns the words with which a message names a value that it did not expect: `3`, `true`, `the list [1, 2]`. */
export function describeFound(value: Value): string {
  return value.kind === "number" ? describe(value) : describeKind(value);
}

/** Returns the words for a value with its kind: `the number 3`, `the list [1, 2]`. */
export function describeKind(value: Value): string {
  return value.kind === "boolean"
    ? describe(value)
    : `${articles[value.kind].replace(/^an? /, "the ")} ${describe(value)}`;
}

export function sameValue(a: Value, b: Value): boolean {
  if (a.kind === "list" && b.kind === "list") {
    return (
      a.elements.length === b.elements.length &&
      a.elements.every((element, index) => sameValue(element, b.elements[index] ?? UNKNOWN))
    );
  }
  if (a.kind === "symbol" && b.kind === "symbol") return a.name === b.name;
  return "value" in a && "value" in b && a.kind === b.kind && a.value === b.value;
}
