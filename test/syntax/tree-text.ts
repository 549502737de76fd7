import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import type { ParsedFile } from "../../src/syntax/parse.ts";
import { parseFile } from "../../src/syntax/parse.ts";
import { createSource, positionAt, type Source } from "../../src/text/source.ts";

export function parseText(text: string): ParsedFile {
  return parseFile(createSource("test.mnet", text));
}

/** The statements of a network around them. */
export function inNetwork(...lines: readonly string[]): string {
  return ["network N {", ...lines.map((line) => `  ${line}`), "}", ""].join("\n");
}

/** A tree without its spans, for comparing structure. */
export function withoutSpans(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSpans);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "span" && key !== "pathSpan")
      .map(([key, inner]) => [key, withoutSpans(inner)]),
  );
}

/** `2:7 syntax/bad-number`, one a finding. */
export function codesOf(text: string): readonly string[] {
  const source = createSource("test.mnet", text);
  return parseFile(source).diagnostics.map((found) => `${place(source, found)} ${found.code}`);
}

/** Place, code and message on one line, the hint below it. */
export function renderFindings(source: Source, diagnostics: readonly Diagnostic[]): string {
  const lines = diagnostics.flatMap((found) => [
    `${place(source, found)} ${found.code} ${found.message}`,
    `    ${found.hint ?? "(no hint)"}`,
  ]);
  return `${lines.join("\n")}\n`;
}

function place(source: Source, { span }: Diagnostic): string {
  const { line, column } = positionAt(source, span.start);
  return `${String(line)}:${String(column)}`;
}

type Spanned = { readonly span: { readonly start: number; readonly end: number } };

/** Calls back for every node that carries a span, with the nearest one around it. */
export function visitSpans(value: unknown, visit: (node: Spanned, parent: Spanned | null) => void): void {
  const pending: { readonly value: unknown; readonly parent: Spanned | null }[] = [{ value, parent: null }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value: node, parent } = next;
    if (typeof node !== "object" || node === null) continue;
    const spanned = !Array.isArray(node) && "span" in node ? (node as Spanned) : null;
    if (spanned) visit(spanned, parent);
    for (const [key, inner] of Object.entries(node)) {
      if (key !== "span" && key !== "pathSpan") pending.push({ value: inner, parent: spanned ?? parent });
    }
  }
}
