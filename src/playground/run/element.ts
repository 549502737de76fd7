/** An element with attributes and children; text is text, whatever it holds. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A number as text, and beside it a bar, 0 to 1 long. */
export function measured(text: string, share: number): HTMLElement {
  const bar = element("span", { class: "run-bar", "aria-hidden": "true" });
  // By script: the page's policy refuses style attributes.
  bar.style.setProperty("--share", String(Math.min(1, Math.max(0, share))));
  return element("span", { class: "run-measured" }, element("span", {}, text), bar);
}

/** A table with a header row; the first cell of each row names it. */
export function table(
  caption: string,
  header: readonly string[],
  rows: readonly (readonly (Node | string)[])[],
): HTMLTableElement {
  const heads = header.map((text) => element("th", { scope: "col" }, text));
  const body = rows.map(([name = "", ...cells]) =>
    element("tr", {}, element("th", { scope: "row" }, name), ...cells.map((cell) => element("td", {}, cell))),
  );
  return element(
    "table",
    {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...body),
  );
}
