import { printable } from "./printable.ts";

const tabWidth = 2;
const widestExcerpt = 160;
/** Columns that are kept before the marked text when a long line is cut. */
const leadingContext = 60;

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** One line of source as a terminal shows it, and a line of carets below it. */
export interface Excerpt {
  readonly text: string;
  readonly carets: string;
}

interface Cell {
  readonly text: string;
  readonly width: number;
  readonly marked: boolean;
}

function cellOf(character: string, marked: boolean): Cell {
  if (character === "\t") return { text: " ".repeat(tabWidth), width: tabWidth, marked };
  const text = printable(character);
  if (text !== character) return { text, width: text.length, marked };
  const width = /^\p{M}$/u.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return { text, width, marked };
}

/**
 * Marks the 1-based columns `from` (included) to `to` (excluded) of a line. Tabs become spaces, control characters become escapes, and wide
 * characters take two columns. A long line is cut around the mark. An empty range has one caret.
 */
export function excerpt(line: string, from: number, to: number): Excerpt {
  const cells: Cell[] = [];
  let column = 1;
  for (const character of line) {
    cells.push(cellOf(character, column + character.length > from && column < Math.max(to, from + 1)));
    column += character.length;
  }
  if (from >= column) cells.push({ text: " ", width: 1, marked: true });

  const firstMarked = Math.max(
    0,
    cells.findIndex((cell) => cell.marked),
  );
  const start = cells.length > widestExcerpt ? Math.max(0, firstMarked - leadingContext) : 0;
  const shown = cells.slice(start, start + widestExcerpt);
  const before = start > 0 ? "…" : "";
  const after = start + shown.length < cells.length ? "…" : "";
  const text = before + shown.map((cell) => cell.text).join("") + after;
  const carets = " ".repeat(before.length) + shown.map((cell) => (cell.marked ? "^" : " ").repeat(cell.width)).join("");
  return { text: text.trimEnd(), carets: carets.trimEnd() };
}
