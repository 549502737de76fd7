import pc from "picocolors";
import { lineText, positionAt, type Source } from "../text/source.ts";
import type { Span } from "../text/span.ts";
import type { Diagnostic, Severity } from "./diagnostic.ts";
import { printable } from "./printable.ts";
import { shownDiagnostics } from "./shown-diagnostics.ts";
import { excerpt } from "./source-excerpt.ts";

type Palette = ReturnType<typeof pc.createColors>;

const colorOf = {
  error: "red",
  warning: "yellow",
  info: "cyan",
} as const satisfies Record<Severity, keyof Palette>;

function frame(span: Span, sources: ReadonlyMap<string, Source>, paint: (carets: string) => string, colors: Palette) {
  const source = sources.get(span.file);
  if (source === undefined) return [`  ${colors.dim("-->")} ${printable(span.file)}`];
  const start = positionAt(source, span.start);
  const end = positionAt(source, span.end);
  const line = lineText(source, start.line);
  const marked = excerpt(line, start.column, end.line > start.line ? line.length + 1 : end.column);
  const number = String(start.line);
  const margin = " ".repeat(number.length);
  const bar = colors.dim("|");
  return [
    `${margin} ${colors.dim("-->")} ${printable(span.file)}:${start.line}:${start.column}`,
    `${margin} ${bar}`,
    `${colors.dim(number)} ${bar} ${marked.text}`,
    `${margin} ${bar} ${paint(marked.carets)}`,
  ].map((row) => row.trimEnd());
}

function renderOne(diagnostic: Diagnostic, sources: ReadonlyMap<string, Source>, colors: Palette): string {
  const paint = colors[colorOf[diagnostic.severity]];
  const lines = [
    `${paint(colors.bold(`${diagnostic.severity}[${diagnostic.code}]`))}: ${colors.bold(printable(diagnostic.message))}`,
    ...frame(diagnostic.span, sources, paint, colors),
  ];
  for (const related of diagnostic.related) {
    lines.push(`  ${colors.cyan("note")}: ${printable(related.message)}`);
    lines.push(...frame(related.span, sources, colors.cyan, colors));
  }
  if (diagnostic.hint !== null) lines.push(`  ${colors.green("hint")}: ${printable(diagnostic.hint)}`);
  if (diagnostic.fix !== null && !saysEdits(diagnostic)) {
    const { message, safety } = diagnostic.fix;
    lines.push(`  ${colors.green(safety === "safe" ? "fix" : "suggestion")}: ${printable(message)}`);
  }
  return lines.join("\n");
}

/** True if the hint quotes what the fix writes, as "did you mean" does. */
function saysEdits({ hint, fix }: Diagnostic): boolean {
  return fix !== null && fix.edits.every(({ text }) => text !== "" && hint?.includes(`"${text}"`) === true);
}

/**
 * Writes findings for a terminal: each with its lines of source, marks under the place, and the hint. No control character of a user's text
 * reaches the terminal.
 *
 * @param diagnostics the findings, in the order in which they are shown.
 * @param sources the files that spans point into, by name.
 * @param options whether to colour the text with escape sequences.
 * @returns the text, ending in a line end; empty where there are no findings.
 */
export function renderTerminal(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, Source>,
  options: { readonly color: boolean },
): string {
  const colors = pc.createColors(options.color);
  const { shown, more } = shownDiagnostics(diagnostics);
  const parts = shown.map((diagnostic) => renderOne(diagnostic, sources, colors));
  if (more > 0) parts.push(`and ${more} more`);
  return parts.length === 0 ? "" : `${parts.join("\n\n")}\n`;
}
