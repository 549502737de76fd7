import { graphHtmlStyle } from "../../../src/drawing/html/graph-html.ts";

/**
 * Returns the page of the preview. Its policy allows only the script at `script` and the style with the nonce.
 * Pictures arrive as messages.
 */
export function previewPage(script: string, nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Graph</title>
<style nonce="${nonce}">${pageStyle}${graphHtmlStyle}</style>
</head>
<body>
<main>
<h1 id="title" aria-live="polite"></h1>
<p id="note" role="status"></p>
<div id="picture"></div>
</main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}

const pageStyle = [
  "body{padding:16px;background:#fff;color:#1f2328}",
  "h1{font-size:16px;margin:0 0 4px}p{margin:0 0 12px;color:#59636e}p:empty{display:none}",
  ".stale{opacity:.6}",
  "@media(prefers-color-scheme:dark){body{background:#0d1117;color:#f0f6fc}p{color:#a3acb6}}",
].join("");
