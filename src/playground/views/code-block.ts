import { element } from "../dom/element.ts";
import { codeTokens } from "./code-tokens.ts";

/** Returns a block of generated code with a button that copies it. The code is only text and is never run. */
export function codeBlock(label: string, text: string): HTMLElement {
  const copy = element("button", { type: "button", class: "quiet copy" }, "Copy");
  copy.addEventListener("click", () => {
    void navigator.clipboard.writeText(text).then(
      () => (copy.textContent = "Copied"),
      () => (copy.textContent = "The browser refused"),
    );
  });
  const code = element("code");
  for (const { kind, text: part } of codeTokens(text))
    code.append(kind === "plain" ? part : element("span", { class: `code-${kind}` }, part));
  const pre = element("pre", { role: "region", "aria-label": label, tabindex: "0" }, code);
  return element(
    "div",
    { class: "code" },
    element("div", { class: "code-head" }, element("span", {}, label), copy),
    pre,
  );
}
