import { formatting } from "../../lsp/formatting.ts";
import { offsetOf } from "../../lsp/places.ts";
import type { OpenDocument } from "./open-document.ts";
import type { PlayEdit } from "./requests.ts";

/**
 * Returns the edits that format the document. The list is empty if the document is already formatted or has syntax
 * errors.
 */
export function formatEdits({ state }: OpenDocument): readonly PlayEdit[] {
  const { source } = state;
  return formatting(source).map(({ range, newText }) => ({
    from: offsetOf(source, range.start),
    to: offsetOf(source, range.end),
    insert: newText,
  }));
}
