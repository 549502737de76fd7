import { deepStrictEqual, doesNotMatch, strictEqual } from "node:assert/strict";
import { formatSource } from "../../src/format/format-source.ts";
import type { FileItem } from "../../src/syntax/ast.ts";
import { createSource } from "../../src/text/source.ts";
import { parseText, withoutSpans } from "../syntax/tree-text.ts";
import { commentPlaces } from "./comment-places.ts";

/** Formats, and holds the result to what a formatter promises; gives the formatted text. `items` is what the text must mean, if known. */
export function expectFormatted(text: string, items: readonly FileItem[] | null): string {
  const before = parseText(text);
  deepStrictEqual(before.diagnostics, []);
  if (items !== null) deepStrictEqual(plain(withoutSpans(before.file.items)), plain(items));
  const formatted = format(text);
  deepStrictEqual(meaning(parseText(formatted).file.items), meaning(before.file.items));
  deepStrictEqual(commentPlaces(formatted), commentPlaces(text));
  strictEqual(format(formatted), formatted);
  // No blank at a line's end, and no blank line twice, at an end of the file or beside a brace.
  doesNotMatch(formatted, /\r|\n\n\n|^\n|\n\n$|\{\n\n|[ \t]\n|\n\n *\}/);
  return formatted;
}

function format(text: string): string {
  const { value, diagnostics } = formatSource(createSource("test.mnet", text));
  deepStrictEqual(diagnostics, []);
  return value ?? "";
}

/** A tree without spans, `key=value`s in the order of their names: equal where two programs mean the same. */
function meaning(tree: unknown): unknown {
  return sortKeys(withoutSpans(tree));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return sortNamed(value.map(sortKeys));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sortKeys(inner)]));
}

/** Attributes and named arguments, which stand behind all others, by name. */
function sortNamed(items: readonly unknown[]): readonly unknown[] {
  const named = items.filter((item) => nameOf(item) !== null);
  const others = items.filter((item) => nameOf(item) === null);
  return [...others, ...named.sort((a, b) => ((nameOf(a) ?? "") < (nameOf(b) ?? "") ? -1 : 1))];
}

/** The key of an attribute or of an argument: of what is a name and a value and no declaration. */
function nameOf(item: unknown): string | null {
  if (typeof item !== "object" || item === null) return null;
  const { kind, key, name } = item as {
    readonly kind?: string;
    readonly key?: { readonly text: string };
    readonly name?: { readonly text: string } | null;
  };
  if (kind === "attribute") return key?.text ?? null;
  return kind === undefined ? (name?.text ?? null) : null;
}

/** Without prototypes, which a generator may leave out. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
