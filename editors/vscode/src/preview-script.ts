import { showGraph } from "../../../src/drawing/html/show-graph.ts";
import type { PreviewMessage } from "./preview-message.ts";

/** The script of the preview page. It shows the pictures that it receives, and keeps unfolded rows open. */
declare function acquireVsCodeApi(): { readonly postMessage: (message: "ready") => void };

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no "${id}"`);
  return found;
}

const picture = element("picture");

/**
 * Makes the picture light or dark like the editor's theme. Outside of an editor, pictures follow the system setting.
 */
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
