import { element } from "../dom/element.ts";

/** A number as text, and beside it a bar, 0 to 1 long. */
export function measured(text: string, share: number): HTMLElement {
  const bar = element("span", { class: "meter", "aria-hidden": "true" });
  // By script: the page's policy refuses style attributes.
  bar.style.setProperty("--share", String(Math.min(1, Math.max(0, share))));
  return element("span", { class: "run-measured" }, element("span", {}, text), bar);
}
