import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { renderJson, type JsonFinding } from "../diagnostics/render-json.ts";
import { lineText, type Source } from "../text/source.ts";
import type { ReportData, ReportFinding } from "./report-data.ts";

/** Returns the findings with their places and source lines. `sources` maps the file names in spans to their text. */
export function reportFindings(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, Source>,
): Pick<ReportData, "findings" | "moreFindings"> {
  const { findings, more } = renderJson(diagnostics, sources);
  return { findings: findings.map((finding) => withLine(finding, sources.get(finding.file))), moreFindings: more };
}

function withLine(finding: JsonFinding, source: Source | undefined): ReportFinding {
  const { line, column, endLine, endColumn } = finding;
  const text = source === undefined ? "" : lineText(source, line);
  const end = endLine === line ? Math.max(endColumn - 1, column - 1) : text.length;
  return { ...finding, before: text.slice(0, column - 1), marked: text.slice(column - 1, end), after: text.slice(end) };
}
