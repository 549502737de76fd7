import type { Span } from "../text/span.ts";

export type Severity = "error" | "warning" | "info";

/** A second place that explains the first. */
export interface Related {
  readonly message: string;
  readonly span: Span;
}

export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** A figure of the network (`trainable parameters`) and by how much it changes. */
export interface FigureChange {
  readonly figure: string;
  readonly by: number;
}

/**
 * Text edits that repair the finding. After a `safe` one the network can compute the same functions as before; a
 * `suggestion` changes what it computes.
 */
export interface Fix {
  readonly message: string;
  readonly edits: readonly TextEdit[];
  readonly safety: "safe" | "suggestion";
  /** What it does to the figures of the network it was found in; absent where nobody measured, empty where they stay. */
  readonly changes?: readonly FigureChange[];
}

/**
 * One finding, as data. `code` is a slug (`shape/mismatch`) that `mnet explain` has a page for. The message is one sentence
 * with names in quotes and the numbers of both sides; the hint is an imperative.
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

/** What every stage returns: a value where one could be made, and what was found on the way. */
export interface Outcome<T> {
  readonly value: T | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface DiagnosticDetails {
  readonly hint?: string;
  readonly related?: readonly Related[];
  readonly fix?: Fix;
}

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
