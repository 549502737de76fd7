import { element } from "../dom/element.ts";

/** Names and figures, one beside the other. */
export function factList(facts: readonly (readonly [string, string])[]): HTMLElement {
  return element(
    "dl",
    { class: "facts" },
    ...facts.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))),
  );
}
