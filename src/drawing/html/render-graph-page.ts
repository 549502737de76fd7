import { xmlText } from "../../diagnostics/xml-text.ts";
import { levelTitle } from "../describe-level.ts";
import type { Level } from "../drawing.ts";
import { graphHtml, graphHtmlStyle, type GraphHtmlOptions } from "./graph-html.ts";
import { htmlPage } from "./html-page.ts";

/** Returns the graph as an HTML page. A click on repeated rows unfolds them. */
export function renderGraphPage(network: string, level: Level, options: GraphHtmlOptions): Promise<string> {
  const title = levelTitle(network, level);
  const [name = "", ...counts] = title.split(/(?<=: )/);
  const body = [
    "<main>",
    `<h1>${xmlText(name.slice(0, -2))}</h1>`,
    `<p class="faint">${xmlText(counts.join(""))}</p>`,
    graphHtml(level, options),
    "</main>",
  ].join("\n");
  return htmlPage({ title, style: graphHtmlStyle, body });
}
