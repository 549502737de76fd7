import { percent } from "../../text/percent.ts";
import { element } from "../dom/element.ts";

/** Draws a share of a whole, 0 to 1, as a bar beside its percentage. */
export function shareBar(share: number): HTMLElement {
  const bar = element("span", { class: "meter", "aria-hidden": "true" });
  // The policy of the page allows styles that a script sets, but no style attributes.
  bar.style.setProperty("--share", String(share));
  return element("span", { class: "share" }, percent(share), bar);
}
