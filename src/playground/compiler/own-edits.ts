import type { Fix } from "../../diagnostics/diagnostic.ts";
import type { PlayEdit } from "./requests.ts";

/** Returns a fix as edits of the file that the page shows, or null if the fix changes another file. */
export function ownEdits({ edits }: Fix, file: string): readonly PlayEdit[] | null {
  if (edits.some(({ span }) => span.file !== file)) return null;
  return edits
    .map(({ span, text }) => ({ from: span.start, to: span.end, insert: text }))
    .sort((a, b) => a.from - b.from);
}
