import { xmlText } from "../../diagnostics/xml-text.ts";

export interface HtmlPage {
  readonly title: string;
  /** The CSS of the page. The page's policy does not allow style attributes. */
  readonly style: string;
  /** HTML in which all text from users is escaped. */
  readonly body: string;
}

/**
 * Returns an HTML page as one file. Its content security policy allows only the page's own CSS, which it identifies by
 * hash: no scripts, and no other files.
 */
export async function htmlPage({ title, style, body }: HtmlPage): Promise<string> {
  const whole = `${pageStyle}${style}`;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(whole));
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${xmlText(title)}</title>
<link rel="icon" href="data:,">
<style>${whole}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

const pageStyle = [
  ":root{color-scheme:light dark}",
  "body{margin:0;padding:24px 16px 48px;background:#fff;color:#1f2328;font:15px/1.5 system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif}",
  "h1{font-size:22px;line-height:1.25;margin:0 0 4px}",
  "p{margin:0 0 12px}.faint{color:#59636e}",
  "@media(prefers-color-scheme:dark){body{background:#0d1117;color:#f0f6fc}.faint{color:#a3acb6}}",
].join("");
