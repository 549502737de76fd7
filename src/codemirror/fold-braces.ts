import type { EditorState } from "@codemirror/state";
import { scanAt, type Stretch } from "./scan-line.ts";

/** Returns the text between a `{` at the end of a line's code and its `}`; null if no brace is open at the end of the line. */
export function foldBraces(state: EditorState, lineStart: number): { from: number; to: number } | null {
  const first = state.doc.lineAt(lineStart);
  let opening: number | null = null;
  let depth = 0;
  for (let number = first.number; number <= state.doc.lines; number++) {
    const line = number === first.number ? first : state.doc.line(number);
    for (const { from, to } of braces(line.text)) {
      const opens = line.text.charAt(from) === "{";
      if (number === first.number) {
        if (opens) depth++;
        else depth = Math.max(0, depth - 1);
        // This is the outermost brace that is open at the end of the line.
        if (opens && depth === 1) opening = line.from + to;
        continue;
      }
      depth += opens ? 1 : -1;
      if (depth === 0) return opening === null ? null : { from: opening, to: line.from + from };
    }
    if (number === first.number && depth === 0) return null;
  }
  return null;
}

function braces(line: string): readonly Stretch[] {
  // Most lines have no brace, and need not be scanned word by word.
  if (!/[{}]/.test(line)) return [];
  const found: Stretch[] = [];
  for (let at = 0; at < line.length;) {
    const stretches = scanAt(line, at);
    found.push(...stretches.filter(({ kind }) => kind === "brace"));
    at = stretches.at(-1)?.to ?? at + 1;
  }
  return found;
}
