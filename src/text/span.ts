/** A range of UTF-16 offsets in the file with this name: `start` is included, `end` is not. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** Returns the smallest span that covers both. Both must be in the same file. */
export function cover(first: Span, last: Span): Span {
  return {
    file: first.file,
    start: Math.min(first.start, last.start),
    end: Math.max(first.end, last.end),
  };
}
