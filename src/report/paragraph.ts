import { xmlText } from "../diagnostics/xml-text.ts";

/** Writes a paragraph of text. No line breaks inside a number or before its unit. */
export function paragraph(text: string): string {
  return `<p>${xmlText(text).replace(/(?<=\d) (?=\d|%|[kM]?B\b|ms\b)/g, "&nbsp;")}</p>`;
}

/** Stands in place of what a plan would show, for a network without one. */
export const noPlan = `<p>A WebGPU device that grants the core limits and no more would refuse this network; the <a href="#findings">findings</a> say why.</p>`;
