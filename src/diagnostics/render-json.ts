import { positionAt, type Source } from "../text/source.ts";
import type { Span } from "../text/span.ts";
import type { Diagnostic, FigureChange, Fix } from "./diagnostic.ts";
import { shownDiagnostics } from "./shown-diagnostics.ts";

interface JsonPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A finding as tools read it: lines and columns start at 1, columns count UTF-16 units, the end is exclusive. */
export interface JsonFinding extends JsonPlace {
  readonly code: string;
  readonly severity: Diagnostic["severity"];
  readonly message: string;
  readonly hint: string | null;
  readonly related: readonly (JsonPlace & { readonly message: string })[];
  readonly fix: JsonFix | null;
}

/** What repairs the finding: each edit puts `text` in place of its range. */
export interface JsonFix extends Omit<Fix, "edits" | "changes"> {
  readonly edits: readonly (JsonPlace & { readonly text: string })[];
  /** By how much figures of the network change; null where nobody measured. */
  readonly changes: readonly FigureChange[] | null;
}

export interface JsonFindings {
  readonly findings: readonly JsonFinding[];
  /** How many findings past the limit are not listed. */
  readonly more: number;
}

function placeOf(span: Span, sources: ReadonlyMap<string, Source>): JsonPlace {
  const source = sources.get(span.file);
  // A finding about a file that could not be read has no text to count lines in.
  const start = source === undefined ? { line: 1, column: 1 } : positionAt(source, span.start);
  const end = source === undefined ? start : positionAt(source, span.end);
  return { file: span.file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

/** The findings as plain data; `sources` maps the file names in spans to their text. */
export function renderJson(diagnostics: readonly Diagnostic[], sources: ReadonlyMap<string, Source>): JsonFindings {
  const { shown, more } = shownDiagnostics(diagnostics);
  const findings = shown.map((diagnostic) => ({
    code: diagnostic.code,
    severity: diagnostic.severity,
    message: diagnostic.message,
    ...placeOf(diagnostic.span, sources),
    hint: diagnostic.hint,
    related: diagnostic.related.map((related) => ({ message: related.message, ...placeOf(related.span, sources) })),
    fix: diagnostic.fix === null ? null : jsonFix(diagnostic.fix, sources),
  }));
  return { findings, more };
}

function jsonFix({ message, safety, edits, changes }: Fix, sources: ReadonlyMap<string, Source>): JsonFix {
  return {
    message,
    safety,
    changes: changes ?? null,
    edits: edits.map(({ span, text }) => ({ ...placeOf(span, sources), text })),
  };
}
