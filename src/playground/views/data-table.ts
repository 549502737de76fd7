import { element } from "../dom/element.ts";

export interface Column {
  readonly title: string;
  readonly align?: "right";
  /** True for a column of sentences, which needs more width. */
  readonly prose?: true;
}

/** Returns a table with a caption and row headers, in a region that scrolls if the table is wider than the page. */
export function dataTable(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly (Node | string)[])[],
): HTMLElement {
  const classOf = (index: number): string | null =>
    columns[index]?.align === "right" ? "number" : columns[index]?.prose === true ? "prose" : null;
  const head = element(
    "tr",
    {},
    ...columns.map(({ title }, index) => element("th", { scope: "col", class: classOf(index) }, title)),
  );
  const body = rows.map((cells) =>
    element(
      "tr",
      {},
      ...cells.map((cell, index) =>
        index === 0 ? element("th", { scope: "row" }, cell) : element("td", { class: classOf(index) }, cell),
      ),
    ),
  );
  const table = element(
    "table",
    {},
    element("caption", {}, caption),
    element("thead", {}, head),
    element("tbody", {}, ...body),
  );
  return element("div", { class: "scroll", role: "region", "aria-label": caption, tabindex: "0" }, table);
}
