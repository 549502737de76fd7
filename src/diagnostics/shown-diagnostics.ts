import type { Diagnostic } from "./diagnostic.ts";

const diagnosticLimit = 100;

/** Returns the first hundred findings, which are shown, and the number of the others. */
export function shownDiagnostics(diagnostics: readonly Diagnostic[]): {
  readonly shown: readonly Diagnostic[];
  readonly more: number;
} {
  return {
    shown: diagnostics.slice(0, diagnosticLimit),
    more: Math.max(0, diagnostics.length - diagnosticLimit),
  };
}
