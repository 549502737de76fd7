/** One file's text with the offsets at which its lines begin. */
export interface Source {
  readonly name: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
}

/** A place in a file: line and column start at 1, and columns count UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Returns a source for a text, with the offsets at which its lines begin. CR, LF and CRLF each end a line.
 *
 * @param name the file's name, as spans and messages show it.
 * @param text the whole text.
 * @returns the source that the compiler reads.
 */
export function createSource(name: string, text: string): Source {
  const lineStarts = [0];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) lineStarts.push(i + 1);
  }
  return { name, text, lineStarts };
}

/**
 * Finds the line and column of an offset, by binary search.
 *
 * @param source the file.
 * @param offset UTF-16 units from the start. An offset past the end counts as the end.
 * @returns both numbers from 1; columns count UTF-16 units.
 */
export function positionAt(source: Source, offset: number): Position {
  const clamped = Math.max(0, Math.min(offset, source.text.length));
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.lineStarts[middle] ?? 0) <= clamped) low = middle;
    else high = middle - 1;
  }
  const start = source.lineStarts[low] ?? 0;
  const bom = low === 0 && source.text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return { line: low + 1, column: Math.max(1, clamped - start + 1 - bom) };
}

/** Returns the text of a line, counted from 1, without its line end and without a byte-order mark. */
export function lineText(source: Source, line: number): string {
  const start = source.lineStarts[line - 1] ?? source.text.length;
  const end = source.lineStarts[line] ?? source.text.length;
  return source.text
    .slice(start, end)
    .replace(/[\r\n]+$/, "")
    .replace(/^\uFEFF/, "");
}
