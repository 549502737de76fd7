import { element } from "../dom/element.ts";

/** Shows a number as text, beside a bar with a length from 0 to 1. */
export function measured(text: string, share: number): HTMLElement {
  const bar = element("span", { class: "meter", "aria-hidden": "true" });
  // The policy of the page refuses style attributes, but allows styles that a script sets.
  bar.style.setProperty("--share", String(Math.min(1, Math.max(0, share))));
  return element("span", { class: "run-measured" }, element("span", {}, text), bar);
}
