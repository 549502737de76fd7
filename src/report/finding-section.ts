import { xmlText } from "../diagnostics/xml-text.ts";
import type { ReportData, ReportFinding } from "./report-data.ts";

export function findingSection({ findings, moreFindings }: ReportData): string {
  if (findings.length === 0) return "<p>Compiler and linter find nothing.</p>";
  const more = moreFindings > 0 ? `<p>And ${moreFindings} more.</p>` : "";
  return `<ul class="findings">${findings.map(findingItem).join("\n")}</ul>${more}`;
}

function findingItem(finding: ReportFinding): string {
  const { severity, code, message, hint, file, line, column, fix } = finding;
  return [
    `<li class="${severity}"><p class="where"><strong>${severity}</strong> <code>${xmlText(code)}</code> <span class="faint">${xmlText(`${file}:${line}:${column}`)}</span></p>`,
    `<p>${xmlText(message)}</p>`,
    sourceLine(finding),
    hint === null ? "" : `<p class="faint">${xmlText(hint)}</p>`,
    fix === null ? "" : `<p class="faint">${fix.safety === "safe" ? "Fix" : "Suggestion"}: ${xmlText(fix.message)}</p>`,
    "</li>",
  ].join("");
}

function sourceLine({ line, before, marked, after }: ReportFinding): string {
  if (`${before}${marked}${after}`.trim() === "") return "";
  const mark = marked === "" ? "" : `<mark>${xmlText(marked)}</mark>`;
  const text = `${xmlText(before.trimStart())}${mark}${xmlText(after.trimEnd())}`;
  return `<pre class="line" tabindex="0" role="group" aria-label="Line ${line}"><code>${text}</code></pre>`;
}
