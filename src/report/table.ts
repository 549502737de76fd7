import { xmlText } from "../diagnostics/xml-text.ts";

export interface Column {
  readonly title: string;
  /** Numbers are right-aligned. */
  readonly number?: true;
}

/** A cell: text, or HTML that is already escaped. */
export type Cell = string | { readonly html: string };

/** Returns a table with a caption. A large table scrolls in a region that has keyboard focus. */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly Cell[])[]): string {
  const kind = (i: number): string => (columns[i]?.number === true ? ' class="number"' : "");
  const head = columns.map(({ title }, i) => `<th scope="col"${kind(i)}>${xmlText(title)}</th>`).join("");
  const body = rows.map((cells) => {
    const row = cells.map((cell, i) => {
      const html = typeof cell === "string" ? xmlText(cell) : cell.html;
      return i === 0 ? `<th scope="row"${kind(i)}>${html}</th>` : `<td${kind(i)}>${html}</td>`;
    });
    return `<tr>${row.join("")}</tr>`;
  });
  return [
    `<div class="scroll" role="region" aria-label="${xmlText(caption)}" tabindex="0"><table>`,
    `<caption>${xmlText(caption)}</caption>`,
    `<thead><tr>${head}</tr></thead>`,
    `<tbody>${body.join("\n")}</tbody>`,
    "</table></div>",
  ].join("\n");
}
