import { percent } from "../../text/percent.ts";
import { element } from "../dom/element.ts";

/** A share of a whole, 0 to 1, as a bar with its percents in words. */
export function shareBar(share: number): HTMLElement {
  const bar = element("span", { class: "meter", "aria-hidden": "true" });
  // Set by script, which a policy without inline styles allows; an attribute it would not.
  bar.style.setProperty("--share", String(share));
  return element("span", { class: "share" }, percent(share), bar);
}
