import type { Span } from "../text/span.ts";
import type { DiagnosticDetails } from "./diagnostic.ts";

/** The fix of a misspelt word, beside a hint that asks whether another was meant; nothing where none is near. */
export function rewriteFix(span: Span, near: string | null): Pick<DiagnosticDetails, "fix"> {
  if (near === null) return {};
  return { fix: { message: `Write "${near}"`, edits: [{ span, text: near }], safety: "suggestion" } };
}
