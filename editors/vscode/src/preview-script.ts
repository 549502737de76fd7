import { showGraph } from "../../../src/drawing/html/show-graph.ts";
import type { PreviewMessage } from "./preview-message.ts";

/** Runs in the page of the preview: shows what it is sent, and keeps open what was unfolded. */
declare function acquireVsCodeApi(): { readonly postMessage: (message: "ready") => void };

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no "${id}"`);
  return found;
}

const picture = element("picture");

/** Pictures are light or dark as their reader's system is; here that is the editor's theme. */
function followTheme(): void {
  const { classList } = document.body;
  const dark =
    classList.contains("vscode-dark") ||
    (classList.contains("vscode-high-contrast") && !classList.contains("vscode-high-contrast-light"));
  for (const rule of schemeRules) rule.media.mediaText = dark ? "all" : "not all";
}

const schemeRules = [...document.styleSheets]
  .flatMap((sheet) => [...sheet.cssRules])
  .filter((rule) => rule instanceof CSSMediaRule)
  .filter(({ media }) => media.mediaText.includes("prefers-color-scheme"));

function show({ title, html, note }: PreviewMessage): void {
  element("note").textContent = note;
  picture.classList.toggle("stale", html === null);
  if (title !== null) element("title").textContent = title;
  if (html !== null) showGraph(picture, html);
}

new MutationObserver(followTheme).observe(document.body, { attributeFilter: ["class"] });
followTheme();
addEventListener("message", ({ data }: MessageEvent<PreviewMessage>) => show(data));
acquireVsCodeApi().postMessage("ready");
