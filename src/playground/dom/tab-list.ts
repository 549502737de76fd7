import { element } from "./element.ts";

export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly panel: HTMLElement;
}

export interface TabList {
  readonly element: HTMLElement;
  readonly selected: () => string;
  readonly select: (id: string) => void;
  /** Sets a short note after the label of a tab, such as a count. "" removes it. */
  readonly note: (id: string, text: string) => void;
}

/**
 * Returns tabs that follow the ARIA pattern: the list is one stop for the Tab key, arrows, Home and End move and
 * select, and each panel is labelled by its tab.
 */
export function createTabList(label: string, tabs: readonly Tab[], onSelect: (id: string) => void): TabList {
  const list = element("div", { role: "tablist", "aria-label": label, class: "tabs" });
  const buttons = tabs.map(({ id, label: text, panel }) => {
    const note = element("span", { class: "note" });
    const button = element(
      "button",
      { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": `panel-${id}`, class: "tab" },
      text,
      note,
    );
    panel.id = `panel-${id}`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", `tab-${id}`);
    panel.tabIndex = 0;
    button.addEventListener("click", () => select(id));
    list.append(button);
    return { id, button, panel, note };
  });
  let current = tabs[0]?.id ?? "";

  function show(): void {
    for (const { id, button, panel } of buttons) {
      const selected = id === current;
      button.setAttribute("aria-selected", String(selected));
      button.tabIndex = selected ? 0 : -1;
      panel.hidden = !selected;
    }
  }

  function select(id: string): void {
    if (id === current || !buttons.some((button) => button.id === id)) return;
    current = id;
    show();
    onSelect(id);
  }

  list.addEventListener("keydown", (event) => {
    const at = buttons.findIndex(({ id }) => id === current);
    const target = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (target === undefined) return;
    const next = buttons[(target + buttons.length) % buttons.length];
    if (next === undefined) return;
    event.preventDefault();
    select(next.id);
    next.button.focus();
  });
  show();
  return {
    element: list,
    selected: () => current,
    select,
    note(id, text) {
      const found = buttons.find((button) => button.id === id);
      if (found !== undefined) found.note.textContent = text;
    },
  };
}
