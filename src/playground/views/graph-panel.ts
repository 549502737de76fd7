import { graphHtmlStyle } from "../../drawing/html/graph-html.ts";
import { element } from "../dom/element.ts";
import { brokenSpec, notice } from "./notice.ts";
import type { View } from "./view.ts";

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
      const open = [...panel.querySelectorAll("details")].map((details) => details.open);
      const picture = element("div");
      // The drawing's own markup: it escapes what users wrote, and the policy would run nothing in it.
      picture.innerHTML = view.html;
      // In a page with a script the picture inside says more, and its words are those that are seen.
      for (const summary of picture.querySelectorAll("summary")) summary.removeAttribute("aria-label");
      const strips = [...picture.querySelectorAll("details")];
      if (strips.length === open.length) strips.forEach((details, index) => (details.open = open[index] ?? false));
      panel.replaceChildren(
        element("p", { class: "lead" }, view.title),
        ...(view.whole ? [] : [notice("An error in the spec leaves out what depends on it.")]),
        picture,
      );
    },
  };
}
