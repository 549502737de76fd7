import { xmlText } from "../diagnostics/xml-text.ts";

/** A paragraph of text, in which no line breaks within a number or before its unit. */
export function paragraph(text: string): string {
  return `<p>${xmlText(text).replace(/(?<=\d) (?=\d|%|[kM]?B\b|ms\b)/g, "&nbsp;")}</p>`;
}
