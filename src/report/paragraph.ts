import { xmlText } from "../diagnostics/xml-text.ts";

/** Returns a paragraph of HTML. There is no line break inside a number or before its unit. */
export function paragraph(text: string): string {
  return `<p>${xmlText(text).replace(/(?<=\d) (?=\d|%|[kM]?B\b|ms\b)/g, "&nbsp;")}</p>`;
}

/** The paragraph that replaces a plan's section for a network without a plan. */
export const noPlan = `<p>A WebGPU device that grants the core limits and no more would refuse this network; the <a href="#findings">findings</a> say why.</p>`;
