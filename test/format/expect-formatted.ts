import { deepStrictEqual, doesNotMatch, strictEqual } from "node:assert/strict";
import { formatSource } from "../../src/format/format-source.ts";
import type { FileItem } from "../../src/syntax/ast.ts";
import { createSource } from "../../src/text/source.ts";
import { parseText, withoutSpans } from "../syntax/tree-text.ts";
import { commentPlaces } from "./comment-places.ts";

/** Formats a text, checks what the formatter promises, and returns the result. `items` is the tree that the text must have, if known. */
export function expectFormatted(text: string, items: readonly FileItem[] | null): string {
  const before = parseText(text);
  deepStrictEqual(before.diagnostics, []);
  if (items !== null) deepStrictEqual(plain(withoutSpans(before.file.items)), plain(items));
  const formatted = format(text);
  deepStrictEqual(meaning(parseText(formatted).file.items), meaning(before.file.items));
  deepStrictEqual(commentPlaces(formatted), commentPlaces(text));
  strictEqual(format(formatted), formatted);
  // No line ends with a blank, and no blank line stands twice, at an end of the file or next to a brace.
  doesNotMatch(formatted, /\r|\n\n\n|^\n|\n\n$|\{\n\n|[ \t]\n|\n\n *\}/);
  return formatted;
}

function format(text: string): string {
  const { value, diagnostics } = formatSource(createSource("test.mnet", text));
  deepStrictEqual(diagnostics, []);
  return value ?? "";
}

/** Returns a tree without spans and with attributes sorted by name. Two programs with one meaning have equal trees. */
function meaning(tree: unknown): unknown {
  return sortKeys(withoutSpans(tree));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return sortNamed(value.map(sortKeys));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sortKeys(inner)]));
}

/** Sorts attributes and named arguments, which follow all others, by name. */
function sortNamed(items: readonly unknown[]): readonly unknown[] {
  const named = items.filter((item) => nameOf(item) !== null);
  const others = items.filter((item) => nameOf(item) === null);
  return [...others, ...named.sort((a, b) => ((nameOf(a) ?? "") < (nameOf(b) ?? "") ? -1 : 1))];
}

/** Returns the key of an attribute or a named argument; null for other nodes. */
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

/** Copies a value without prototypes, which a generator may leave out. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
