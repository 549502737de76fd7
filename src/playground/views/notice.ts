import { element } from "../dom/element.ts";

/** Returns the text of a tab that has nothing to show. */
export function notice(text: string): HTMLElement {
  return element("p", { class: "notice" }, text);
}

export const brokenSpec =
  "Nothing to show while the spec has an error. It is marked in the editor, and listed under Findings.";
