import type { Position, Range } from "vscode-languageserver-types";
import { lastAtOrBelow } from "../syntax/sorted-offsets.ts";
import type { Source } from "../text/source.ts";
import type { Span } from "../text/span.ts";

/** Returns an offset as the protocol counts it: lines and UTF-16 units from 0. A byte-order mark counts. */
export function positionOf({ text, lineStarts }: Source, offset: number): Position {
  const clamped = Math.max(0, Math.min(offset, text.length));
  const line = Math.max(0, lastAtOrBelow(lineStarts, clamped));
  return { line, character: clamped - (lineStarts[line] ?? 0) };
}

export function rangeOf(source: Source, { start, end }: Pick<Span, "start" | "end">): Range {
  return { start: positionOf(source, start), end: positionOf(source, end) };
}

/** Returns the offset of a position. A position past the end of a line is that end. */
export function offsetOf({ text, lineStarts }: Source, { line, character }: Position): number {
  const start = lineStarts[line];
  if (start === undefined) return line < 0 ? 0 : text.length;
  const next = lineStarts[line + 1] ?? text.length;
  return Math.max(start, Math.min(start + character, next));
}

/** True for an offset in a span. Both ends count, since a cursor right after a word is still at it. */
export function touches({ start, end }: Pick<Span, "start" | "end">, offset: number): boolean {
  return start <= offset && offset <= end;
}
