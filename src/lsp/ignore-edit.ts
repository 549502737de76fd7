import type { TextEdit } from "vscode-languageserver-types";
import type { Source } from "../text/source.ts";
import { positionOf, rangeOf } from "./places.ts";

/**
 * Returns an edit that writes `// mnet-ignore RULE: ` above the line of an offset, or adds the rule to an ignore that stands
 * there. The person adds the reason; lint asks for it until then.
 */
export function ignoreEdit(source: Source, rule: string, offset: number): TextEdit {
  const { text, lineStarts } = source;
  const { line } = positionOf(source, offset);
  const start = lineStarts[line] ?? 0;
  const above = line === 0 ? "" : text.slice(lineStarts[line - 1], start);
  const present = /^[ \t]*\/\/[ \t]*mnet-ignore[ \t]+[^:\r\n]*/.exec(above)?.[0].trimEnd();
  if (present !== undefined) {
    const end = (lineStarts[line - 1] ?? 0) + present.length;
    return { range: rangeOf(source, { start: end, end }), newText: `, ${rule}` };
  }
  const indentation = /^[ \t]*/.exec(text.slice(start))?.[0] ?? "";
  const lineEnd = /\r\n|\r|\n/.exec(text)?.[0] ?? "\n";
  return { range: rangeOf(source, { start, end: start }), newText: `${indentation}// mnet-ignore ${rule}: ${lineEnd}` };
}
