import { element } from "../dom/element.ts";
import { codeBlock } from "./code-block.ts";
import { brokenSpec, notice } from "./notice.ts";
import type { View } from "./view.ts";

/** Returns the tab of the tf.js training module. */
export function createTfjsView(): View<"tfjs"> {
  const panel = element("section", { class: "panel" });
  return {
    id: "tfjs",
    label: "tf.js",
    request: "tfjs",
    ask: null,
    panel,
    show(source) {
      panel.replaceChildren(source === null ? notice(brokenSpec) : codeBlock("model.ts", source));
    },
  };
}
