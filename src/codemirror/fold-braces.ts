import type { EditorState } from "@codemirror/state";
import { scanAt, type Stretch } from "./scan-line.ts";

/** The text between a `{` that ends its line's code and the `}` that closes it; null where none is open at the line's end. */
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
        // The outermost one that is still open at the end of the line.
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
  // Most lines hold none, and then there is no need to look at each of their words.
  if (!/[{}]/.test(line)) return [];
  const found: Stretch[] = [];
  for (let at = 0; at < line.length;) {
    const stretches = scanAt(line, at);
    found.push(...stretches.filter(({ kind }) => kind === "brace"));
    at = stretches.at(-1)?.to ?? at + 1;
  }
  return found;
}
