import { quote } from "./file-problem.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A whole number from 0. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** A JSON value as a message shows it; nested ones by kind alone, for they may nest deeper than a stack. */
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
