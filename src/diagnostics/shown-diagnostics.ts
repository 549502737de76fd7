import type { Diagnostic } from "./diagnostic.ts";

const diagnosticLimit = 100;

/** The findings that are shown, and how many more there are: past a hundred nobody reads them. */
export function shownDiagnostics(diagnostics: readonly Diagnostic[]): {
  readonly shown: readonly Diagnostic[];
  readonly more: number;
} {
  return {
    shown: diagnostics.slice(0, diagnosticLimit),
    more: Math.max(0, diagnostics.length - diagnosticLimit),
  };
}
