import { DiagnosticSeverity } from "vscode-languageserver-types";
import type { Diagnostic, Severity } from "../../diagnostics/diagnostic.ts";
import { diagnosticsOf } from "../../lsp/diagnostics.ts";
import { inlayHints } from "../../lsp/inlay-hints.ts";
import { offsetOf, rangeOf } from "../../lsp/places.ts";
import { paramControls } from "./param-control.ts";
import { ownEdits } from "./own-edits.ts";
import type { OpenDocument } from "./open-document.ts";
import type { Analysis, PlayDiagnostic, PlayFix, PlayHint } from "./requests.ts";

/** Returns what the page shows after each key press: findings with their fixes, hints, params and totals. */
export function analyze(open: OpenDocument): Analysis {
  const { state, network } = open;
  return {
    diagnostics: diagnosticsIn(open),
    hints: hintsIn(open),
    networks: [...state.program.networks.keys()],
    network,
    params: paramControls(open),
    totals: network === null ? null : (state.figures.totals.get(network) ?? null),
  };
}

const severities: Readonly<Record<DiagnosticSeverity, Severity>> = {
  [DiagnosticSeverity.Error]: "error",
  [DiagnosticSeverity.Warning]: "warning",
  [DiagnosticSeverity.Information]: "info",
  [DiagnosticSeverity.Hint]: "info",
};

function diagnosticsIn({ state, project }: OpenDocument): readonly PlayDiagnostic[] {
  const { source, findings } = state;
  return diagnosticsOf(state, project).map(({ range, severity, code, message }) => {
    const from = offsetOf(source, range.start);
    const to = offsetOf(source, range.end);
    const finding = findings.find(
      ({ span, ...other }) =>
        other.code === code && span.file === source.name && span.start === from && span.end === to,
    );
    return {
      from,
      to,
      code: String(code ?? ""),
      severity: severities[severity ?? DiagnosticSeverity.Information],
      message: typeof message === "string" ? message : message.value,
      fixes: finding === undefined ? [] : fixesOf(finding, source.name),
    };
  });
}

function fixesOf({ fix }: Diagnostic, file: string): readonly PlayFix[] {
  const edits = fix === null ? null : ownEdits(fix, file);
  return fix === null || edits === null ? [] : [{ title: fix.message, edits }];
}

function hintsIn({ state }: OpenDocument): readonly PlayHint[] {
  const { source } = state;
  const whole = rangeOf(source, { start: 0, end: source.text.length });
  return inlayHints(state, whole).map(({ position, label }) => {
    const parts = typeof label === "string" ? [{ value: label }] : label;
    return {
      at: offsetOf(source, position),
      text: parts.map(({ value }) => value).join(""),
      details: parts.flatMap(({ tooltip }) => (typeof tooltip === "string" ? [tooltip] : [])).join("\n"),
    };
  });
}
