import type { Plan } from "./plan-schema.ts";

/** JSON with one line for each dispatch, weight, kernel and buffer: it diffs well, and people can read it. */
export function formatPlan(plan: Plan): string {
  return `${format(plan, 0)}\n`;
}

/** Containers are opened down to this depth. */
const DEPTH = 3;

function format(value: unknown, depth: number): string {
  if (depth >= DEPTH || typeof value !== "object" || value === null || isFlat(value)) return inline(value);
  const indent = "  ".repeat(depth + 1);
  const entries = Array.isArray(value)
    ? value.map((item: unknown) => format(item, depth + 1))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${format(item, depth + 1)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${entries.map((entry) => indent + entry).join(",\n")}\n${"  ".repeat(depth)}${close}`;
}

function isFlat(value: object): boolean {
  return Object.values(value).every((item) => typeof item !== "object" || item === null);
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`);
  return `{ ${entries.join(", ")} }`;
}
