import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { lineText, positionAt, type Source } from "../text/source.ts";

/**
 * Returns the line that a finding begins on, without its comment and blanks. It identifies the finding after lines move, files are
 * formatted or figures in the message change.
 */
export function findingText({ span }: Diagnostic, sources: ReadonlyMap<string, Source>): string {
  const source = sources.get(span.file);
  if (source === undefined) return "";
  return lineText(source, positionAt(source, span.start).line)
    .replace(/("(?:[^"\\]|\\.)*")|\/\/.*$/g, (_all, text: string | undefined) => text ?? "")
    .replace(/\s+/g, "");
}
