import type { Source } from "../text/source.ts";
import type { Diagnostic, FigureChange, Fix } from "./diagnostic.ts";
import { placeOf, type Place } from "./place.ts";
import { shownDiagnostics } from "./shown-diagnostics.ts";

/** A finding for tools: lines and columns start at 1, columns count UTF-16 units, the end is exclusive. */
export interface JsonFinding extends Place {
  readonly code: string;
  readonly severity: Diagnostic["severity"];
  readonly message: string;
  readonly hint: string | null;
  readonly related: readonly (Place & { readonly message: string })[];
  readonly fix: JsonFix | null;
}

/** A fix of the finding. Each edit replaces its range by `text`. */
export interface JsonFix extends Omit<Fix, "edits" | "changes"> {
  readonly edits: readonly (Place & { readonly text: string })[];
  /** By how much figures of the network change; null if the fix was not tried. */
  readonly changes: readonly FigureChange[] | null;
}

/** Findings as `--json` prints them. */
export interface JsonFindings {
  readonly findings: readonly JsonFinding[];
  /** Number of findings past the limit, which are not listed. */
  readonly more: number;
}

/**
 * Gives findings as plain data with lines and columns, ready for `JSON.stringify`.
 *
 * @param diagnostics the findings, in the order in which they are shown.
 * @param sources the files that spans point into, by name.
 * @returns at most as many findings as a terminal shows, and how many more there are.
 */
export function renderJson(diagnostics: readonly Diagnostic[], sources: ReadonlyMap<string, Source>): JsonFindings {
  const { shown, more } = shownDiagnostics(diagnostics);
  const findings = shown.map((diagnostic) => ({
    code: diagnostic.code,
    severity: diagnostic.severity,
    message: diagnostic.message,
    ...placeOf(diagnostic.span, sources),
    hint: diagnostic.hint,
    related: diagnostic.related.map((related) => ({ message: related.message, ...placeOf(related.span, sources) })),
    fix: diagnostic.fix === null ? null : jsonFix(diagnostic.fix, sources),
  }));
  return { findings, more };
}

function jsonFix({ message, safety, edits, changes }: Fix, sources: ReadonlyMap<string, Source>): JsonFix {
  return {
    message,
    safety,
    changes: changes ?? null,
    edits: edits.map(({ span, text }) => ({ ...placeOf(span, sources), text })),
  };
}
