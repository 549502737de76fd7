import type { Span } from "../text/span.ts";

/** How grave a finding is. Only an error keeps a network from being compiled. */
export type Severity = "error" | "warning" | "info";

/** A second place that explains the first. */
export interface Related {
  readonly message: string;
  readonly span: Span;
}

/** A text to write in place of a span. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** A figure of the network, such as `trainable parameters`, and by how much it changes. */
export interface FigureChange {
  readonly figure: string;
  readonly by: number;
}

/**
 * Text edits that repair the finding. After a `safe` fix the network can compute the same functions as before, and it trains as
 * before; a `suggestion` changes what it computes or how it trains.
 */
export interface Fix {
  readonly message: string;
  readonly edits: readonly TextEdit[];
  readonly safety: "safe" | "suggestion";
  /** How the figures of its network change. It is absent if the fix was not tried, and empty if no figure changes. */
  readonly changes?: readonly FigureChange[];
}

/**
 * One finding, as data. `code` is a slug such as `shape/mismatch`, and `mnet explain` has a page for it. The message is one sentence with
 * names in quotes and the numbers of both sides. The hint says what to do.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly related: readonly Related[];
  readonly hint: string | null;
  readonly fix: Fix | null;
}

/** The result of a stage: a value, or null if none could be made, and the findings. */
export interface Outcome<T> {
  readonly value: T | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface DiagnosticDetails {
  readonly hint?: string;
  readonly related?: readonly Related[];
  readonly fix?: Fix;
}

/** Makes a finding that is an error. */
export function error(code: string, span: Span, message: string, details: DiagnosticDetails = {}): Diagnostic {
  return {
    code,
    severity: "error",
    message,
    span,
    related: details.related ?? [],
    hint: details.hint ?? null,
    fix: details.fix ?? null,
  };
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
