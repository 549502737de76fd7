import { xmlText } from "../diagnostics/xml-text.ts";
import { htmlPage } from "../drawing/html/html-page.ts";
import { formatShape } from "../ir/shape.ts";
import { figures } from "./figures.ts";
import type { ReportData } from "./report-data.ts";
import { reportStyle } from "./report-style.ts";
import { sections } from "./sections.ts";

/** Returns the report of a network as one HTML page that loads no other file and runs no script. */
export function renderReport(data: ReportData): Promise<string> {
  const { network, doc, params, summary } = data;
  const settings = Object.entries(params).map(([name, value]) => `${name} = ${value}`);
  const facts = [`${formatShape(summary.input)} to ${formatShape(summary.output)}`, ...settings];
  const links = sections.map(({ id, title }) => `<li><a href="#${id}">${title}</a></li>`);
  const body = [
    "<header>",
    `<h1>${xmlText(network)}</h1>`,
    ...(doc === null ? [] : [`<p class="doc">${xmlText(doc.replaceAll("\n", " "))}</p>`]),
    `<ul class="facts faint">${facts.map((fact) => `<li>${xmlText(fact)}</li>`).join("")}</ul>`,
    "</header>",
    `<nav aria-label="Sections"><ul>${links.join("")}</ul></nav>`,
    "<main>",
    figures(data),
    ...sections.map(
      ({ id, title, html }) =>
        `<section id="${id}" aria-labelledby="${id}-title">\n<h2 id="${id}-title">${title}</h2>\n${html(data)}\n</section>`,
    ),
    "</main>",
  ].join("\n");
  return htmlPage({ title: `${network}: report`, style: reportStyle, body });
}
