import type { Fix } from "../../diagnostics/diagnostic.ts";
import type { PlayEdit } from "./requests.ts";

/** A fix as edits of the one file that the page edits; null where it would change another. */
export function ownEdits({ edits }: Fix, file: string): readonly PlayEdit[] | null {
  if (edits.some(({ span }) => span.file !== file)) return null;
  return edits
    .map(({ span, text }) => ({ from: span.start, to: span.end, insert: text }))
    .sort((a, b) => a.from - b.from);
}
