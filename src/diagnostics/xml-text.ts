import { printable } from "./printable.ts";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text of XML or HTML, in an attribute too. Control characters, which XML refuses even as references, are shown as `\u001b`. */
export function xmlText(text: string): string {
  return printable(text)
    .replace(/[\ufffe\uffff]/g, "\ufffd")
    .replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

/** The same for text of several lines, whose line ends and tabs stay. */
export function xmlLines(text: string): string {
  return text
    .split(/(\r?\n|\t)/)
    .map((part, i) => (i % 2 === 0 ? xmlText(part) : part))
    .join("");
}
