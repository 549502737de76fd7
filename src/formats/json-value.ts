import { quote } from "./file-problem.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns true for a whole number from 0. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/**
 * Returns a JSON value as text for a message. An object or list is shown only by its kind, because it may be nested
 * too deeply for recursion.
 */
export function show(value: unknown): string {
  if (value === undefined) return "none";
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) {
    return value.some((item) => typeof item === "object" && item !== null)
      ? "a nested list"
      : cut(JSON.stringify(value));
  }
  return isObject(value) ? "an object" : JSON.stringify(value);
}

export function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
