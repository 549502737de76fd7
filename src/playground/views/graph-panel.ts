import { graphHtmlStyle } from "../../drawing/html/graph-html.ts";
import { element } from "../dom/element.ts";
import { brokenSpec, notice } from "./notice.ts";
import type { View } from "./view.ts";

const repeats = ({ dataset }: HTMLElement): string => dataset["repeats"] ?? "";

/** The network as a picture, with its counts as words; what was unfolded stays so while the spec is edited. */
export function createGraphView(): View<"graph"> {
  const panel = element("section", { class: "panel graph-panel" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(graphHtmlStyle);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return {
    id: "graph",
    label: "Graph",
    request: "graph",
    ask: null,
    panel,
    show(view) {
      if (view === null) {
        panel.replaceChildren(notice(brokenSpec));
        return;
      }
      const open = new Set([...panel.querySelectorAll<HTMLElement>("details[open] > summary")].map(repeats));
      const picture = element("div");
      // The drawing's own markup: it escapes what users wrote, and the policy would run nothing in it.
      picture.innerHTML = view.html;
      for (const summary of picture.querySelectorAll<HTMLElement>("details > summary")) {
        if (open.has(repeats(summary))) summary.parentElement?.setAttribute("open", "");
      }
      panel.replaceChildren(
        element("p", { class: "lead" }, view.title),
        ...(view.whole ? [] : [notice("An error in the spec leaves out what depends on it.")]),
        picture,
      );
    },
  };
}
