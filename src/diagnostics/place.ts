import { positionAt, type Source } from "../text/source.ts";
import type { Span } from "../text/span.ts";

/** A span as tools count it: lines and columns start at 1, columns count UTF-16 units, the end is exclusive. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function placeOf(span: Span, sources: ReadonlyMap<string, Source>): Place {
  const source = sources.get(span.file);
  // A finding about a file that could not be read has no text to count lines in.
  const start = source === undefined ? { line: 1, column: 1 } : positionAt(source, span.start);
  const end = source === undefined ? start : positionAt(source, span.end);
  return { file: span.file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
