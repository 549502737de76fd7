import type { builders } from "prettier/doc";
import type { Row } from "./layout-tree.ts";
import { flatPieces, printPieces } from "./print-pieces.ts";
import { valueSpacing } from "./spacing.ts";

/** Most columns of a column's width. A longer cell sticks out, so that it does not push the other cells off the screen. */
const widestCell = 40;

/** Prints the rows of one table. Cells are aligned to the right, as numbers are. A row with a comment in a cell is not aligned. */
export function printRows(rows: readonly Row[]): ReadonlyMap<Row, builders.Doc> {
  const texts = rows.map(({ cells }) => cells.map((cell) => flatPieces(cell, valueSpacing)));
  const widths: number[] = [];
  for (const row of texts) {
    row.forEach((text, column) => {
      const length = text?.length ?? 0;
      if (length <= widestCell) widths[column] = Math.max(widths[column] ?? 0, length);
    });
  }
  return new Map(
    rows.map((row, index) => {
      const line = texts[index] ?? [];
      const isFlat = line.every((text) => text !== null);
      const cells = isFlat
        ? line.map((text, column) => ` ${text.padStart(widths[column] ?? 0)} |`)
        : row.cells.map((cell) => [cell.length > 0 ? " " : "", printPieces(cell, valueSpacing), " |"]);
      return [row, ["|", ...cells]];
    }),
  );
}
