import type { Span } from "../text/span.ts";
import type { DiagnosticDetails } from "./diagnostic.ts";

/** Returns the fix of a misspelt word, for a finding whose hint asks whether `near` was meant; nothing if `near` is null. */
export function rewriteFix(span: Span, near: string | null): Pick<DiagnosticDetails, "fix"> {
  if (near === null) return {};
  return { fix: { message: `Write "${near}"`, edits: [{ span, text: near }], safety: "suggestion" } };
}
