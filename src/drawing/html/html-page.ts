import { xmlText } from "../../diagnostics/xml-text.ts";

export interface HtmlPage {
  readonly title: string;
  /** All style of the page: attributes would be refused. */
  readonly style: string;
  /** Elements, with everything that users wrote escaped. */
  readonly body: string;
}

/** A page in one file that may load nothing and run nothing: its policy knows its style by hash, and allows no more. */
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
