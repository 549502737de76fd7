import type { Diagnostic, FigureChange } from "../../diagnostics/diagnostic.ts";
import { grouped } from "../../text/grouped.ts";
import { positionAt } from "../../text/source.ts";
import { isLibrary } from "../../lsp/project.ts";
import type { OpenDocument } from "./open-document.ts";
import { ownEdits } from "./own-edits.ts";
import type { PlayFinding } from "./requests.ts";

/**
 * Returns all findings in the document and in the files that it imports. Each has its fix and the change of the
 * figures that the fix causes.
 */
export function findingsOf({ state }: OpenDocument): readonly PlayFinding[] {
  const { source, program, findings, measured } = state;
  return findings.map((finding) => {
    const { code, severity, message, hint, span } = finding;
    const place = program.sources.get(span.file);
    const { line, column } = place === undefined ? { line: 1, column: 1 } : positionAt(place, span.start);
    return {
      code,
      severity,
      message,
      hint,
      file: span.file,
      line,
      column,
      extent: span.file === source.name && !isLibrary(span.file) ? { from: span.start, to: span.end } : null,
      fix: fixOf(measured.find((other) => samePlace(other, finding)) ?? finding, source.name),
    };
  });
}

function samePlace(a: Diagnostic, b: Diagnostic): boolean {
  return a.code === b.code && a.span.file === b.span.file && a.span.start === b.span.start && a.span.end === b.span.end;
}

function fixOf({ fix }: Diagnostic, file: string): PlayFinding["fix"] {
  const edits = fix === null ? null : ownEdits(fix, file);
  if (fix === null || edits === null) return null;
  return { title: fix.message, edits, safety: fix.safety, changes: (fix.changes ?? []).map(changeText) };
}

function changeText({ figure, by }: FigureChange): string {
  return `${by < 0 ? "−" : "+"}${grouped(Math.abs(by))} ${figure}`;
}
