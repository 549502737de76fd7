import type { Source } from "../text/source.ts";
import type { Span } from "../text/span.ts";
import type { Diagnostic, Severity } from "./diagnostic.ts";
import type { ExplainPage } from "./pages/page.ts";
import { placeOf } from "./place.ts";
import { printableJson } from "./printable.ts";

const levelOf = { error: "error", warning: "warning", info: "note" } as const satisfies Record<Severity, string>;

/** What a log needs besides the findings. */
export interface SarifRun {
  readonly version: string;
  /** Pages by code. They say what each finding means. */
  readonly pages: ReadonlyMap<string, ExplainPage>;
  /** Returns text that identifies a finding after lines move. Findings with equal text are numbered. */
  readonly fingerprint: (diagnostic: Diagnostic) => string;
}

function regionOf(span: Span, sources: ReadonlyMap<string, Source>) {
  const { line, column, endLine, endColumn } = placeOf(span, sources);
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** Returns a path as a relative reference. `mnet:library/se.mnet` is a URI already. */
function uriOf(file: string): string {
  if (file.startsWith("mnet:")) return file;
  return file.split("/").map(encodeURIComponent).join("/");
}

/**
 * Writes findings as a log for code-scanning services: SARIF 2.1.0 (OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0/), with the edits that
 * repair a finding. `partialFingerprints` tell a finding from others even after its line moved.
 *
 * @param diagnostics the findings, in the order in which they are shown.
 * @param sources the files that spans point into, by name.
 * @param run the version of mnet and the pages of its codes.
 * @returns JSON.
 */
export function renderSarif(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, Source>,
  run: SarifRun,
): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const location = (span: Span) => ({
    physicalLocation: { artifactLocation: { uri: uriOf(span.file) }, region: regionOf(span, sources) },
  });
  const seen = new Map<string, number>();
  const fingerprint = (diagnostic: Diagnostic): string => {
    const key = run.fingerprint(diagnostic);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return `${key}:${count}`;
  };
  const results = diagnostics.map((diagnostic) => {
    const { code, severity, message, hint, span, related, fix } = diagnostic;
    return {
      ruleId: code,
      ruleIndex: codes.indexOf(code),
      level: levelOf[severity],
      message: { text: hint === null ? message : `${message} ${hint}` },
      locations: [location(span)],
      ...(related.length === 0
        ? {}
        : {
            relatedLocations: related.map((other) => ({ ...location(other.span), message: { text: other.message } })),
          }),
      partialFingerprints: { "mnetFinding/v1": fingerprint(diagnostic) },
      ...(fix === null
        ? {}
        : {
            fixes: [
              {
                description: { text: fix.message },
                artifactChanges: [...new Set(fix.edits.map((edit) => edit.span.file))].map((file) => ({
                  artifactLocation: { uri: uriOf(file) },
                  replacements: fix.edits
                    .filter((edit) => edit.span.file === file)
                    .map((edit) => ({
                      deletedRegion: regionOf(edit.span, sources),
                      insertedContent: { text: edit.text },
                    })),
                })),
              },
            ],
          }),
    };
  });
  const rules = codes.map((id) => {
    const page = run.pages.get(id);
    if (page === undefined) return { id };
    return {
      id,
      shortDescription: { text: page.title },
      fullDescription: { text: page.why },
      help: { text: `${page.why}\n\nmnet explain ${id}` },
    };
  });
  return `${printableJson({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "mnet", semanticVersion: run.version, rules } },
        columnKind: "utf16CodeUnits",
        results,
      },
    ],
  })}\n`;
}
