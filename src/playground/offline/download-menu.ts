import type { Plugin } from "vite";
import { targetNames, targets } from "../../targets/index.ts";

const PLACE = "<!-- a button for each target -->";

/**
 * Adds a download button for each target to the markup of the page, so that the page does not list the targets itself.
 */
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
