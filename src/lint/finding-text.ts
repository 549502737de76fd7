import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { lineText, positionAt, type Source } from "../text/source.ts";

/**
 * The line that a finding begins on, without its comment and blanks: what tells it from others when lines move, files are formatted or
 * figures in its message change.
 */
export function findingText({ span }: Diagnostic, sources: ReadonlyMap<string, Source>): string {
  const source = sources.get(span.file);
  if (source === undefined) return "";
  return lineText(source, positionAt(source, span.start).line)
    .replace(/("(?:[^"\\]|\\.)*")|\/\/.*$/g, (_all, text: string | undefined) => text ?? "")
    .replace(/\s+/g, "");
}
