import { graphHtmlStyle } from "../../drawing/html/graph-html.ts";
import { showGraph } from "../../drawing/html/show-graph.ts";
import { element } from "../dom/element.ts";
import { brokenSpec, notice } from "./notice.ts";
import type { View } from "./view.ts";

/**
 * Returns the tab with the drawing of the network and its counts in words. Rows that the reader unfolded stay unfolded
 * while the spec is edited.
 */
export function createGraphView(): View<"graph"> {
  const panel = element("section", { class: "panel graph-panel" });
  const picture = element("div");
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
      showGraph(picture, view.html);
      panel.replaceChildren(
        element("p", { class: "lead" }, view.title),
        ...(view.whole ? [] : [notice("The spec has an error, so the parts that depend on it are left out.")]),
        picture,
      );
    },
  };
}
