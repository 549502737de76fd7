import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic as ProtocolDiagnostic,
  type DiagnosticRelatedInformation,
} from "vscode-languageserver-types";
import type { Diagnostic, Severity } from "../diagnostics/diagnostic.ts";
import { shownDiagnostics } from "../diagnostics/shown-diagnostics.ts";
import { resolveImportPath } from "../program/import-path.ts";
import type { Span } from "../text/span.ts";
import type { DocumentState } from "./document-state.ts";
import { rangeOf } from "./places.ts";
import { locationOf, type Project } from "./project.ts";

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const satisfies Record<Severity, DiagnosticSeverity>;

/** Rules about names that nothing uses. Editors show those names in grey. */
const unnecessary: ReadonlySet<string> = new Set(["attribute/unused", "unused-ignore", "unused-name"]);

/** Returns the findings of a document with their hints. Errors in an imported file are reported on the import. */
export function diagnosticsOf(state: DocumentState, project: Project): readonly ProtocolDiagnostic[] {
  const { source, findings } = state;
  const { shown } = shownDiagnostics(findings.filter(({ span }) => span.file === source.name));
  return [...shown.map((finding) => diagnosticOf(state, project, finding)), ...importDiagnostics(state, project)];
}

/** Returns a finding as the protocol writes it. */
export function diagnosticOf(state: DocumentState, project: Project, finding: Diagnostic): ProtocolDiagnostic {
  const { code, severity, message, hint, span, related } = finding;
  const relatedInformation = related.flatMap((other) => relatedPlace(project, other.message, other.span));
  return {
    range: rangeOf(state.source, span),
    severity: severities[severity],
    source: "mnet",
    code,
    message: hint === null ? message : `${message}\n${hint}`,
    ...(unnecessary.has(code) && { tags: [DiagnosticTag.Unnecessary] }),
    ...(relatedInformation.length > 0 && { relatedInformation }),
  };
}

function relatedPlace(project: Project, message: string, span: Span): readonly DiagnosticRelatedInformation[] {
  const location = locationOf(project, span);
  return location === null ? [] : [{ location, message }];
}

/** Returns one finding for each imported file with errors, on the import that leads there, or on the first that may. */
function importDiagnostics(state: DocumentState, project: Project): readonly ProtocolDiagnostic[] {
  const { source, ast, findings } = state;
  const elsewhere = new Map<string, Diagnostic[]>();
  for (const finding of findings) {
    const { file } = finding.span;
    if (file === source.name || finding.severity !== "error") continue;
    elsewhere.set(file, [...(elsewhere.get(file) ?? []), finding]);
  }
  if (elsewhere.size === 0) return [];
  const imports = ast.items.filter((item) => item.kind === "import");
  return [...elsewhere].flatMap(([file, errors]) => {
    const [first] = errors;
    const direct = imports.find(({ path }) => path !== null && resolveImportPath(source.name, path) === file);
    const place = direct ?? imports[0];
    if (first === undefined || place === undefined) return [];
    const count = errors.length === 1 ? "an error" : `${String(errors.length)} errors`;
    const name = file.slice(file.lastIndexOf("/") + 1);
    return [
      {
        range: rangeOf(source, place.pathSpan),
        severity: DiagnosticSeverity.Error,
        source: "mnet",
        code: first.code,
        message: `"${name}" has ${count}: ${first.message}`,
        relatedInformation: [...relatedPlace(project, first.message, first.span)],
      },
    ];
  });
}
