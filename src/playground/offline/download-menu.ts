import type { Plugin } from "vite";
import { targetNames, targets } from "../../targets/index.ts";

const PLACE = "<!-- a button for each target -->";

/** Writes the page's menu of downloads: a button for each target, so that the page itself needs to know none. */
export function downloadMenu(): Plugin {
  return {
    name: "mnet-download-menu",
    transformIndexHtml(html) {
      const buttons = targetNames.map((name) => {
        const summary = targets[name].summary.replace(/^an? /, "");
        return `<button type="button" data-target="${name}">${summary}, .zip</button>`;
      });
      const filled = html.replace(PLACE, buttons.join("\n          "));
      if (filled === html) throw new Error("internal: the page has no place for its downloads");
      return filled;
    },
  };
}
