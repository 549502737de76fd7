import { FoldingRangeKind, type FoldingRange } from "vscode-languageserver-types";
import { tokenize } from "../../grammar/lexer.ts";
import * as t from "../../grammar/tokens.ts";
import type { Source } from "../text/source.ts";
import { positionOf } from "./places.ts";

/** Returns what can be folded: the text between braces, runs of comments and of imports. Only tokens are read, so broken files fold. */
export function foldingRanges(source: Source): readonly FoldingRange[] {
  const { tokens, comments } = tokenize(source);
  const ranges: FoldingRange[] = [];
  const lineOf = (offset: number): number => positionOf(source, offset).line;
  const open: number[] = [];
  for (const { tokenType, startOffset } of tokens) {
    if (tokenType === t.LCurly) open.push(lineOf(startOffset));
    if (tokenType !== t.RCurly) continue;
    const startLine = open.pop();
    const endLine = lineOf(startOffset) - 1;
    // The line of the closing brace stays visible.
    if (startLine !== undefined && endLine > startLine) ranges.push({ startLine, endLine });
  }
  const ownLine = (offset: number): boolean => {
    const start = source.lineStarts[lineOf(offset)] ?? 0;
    return source.text.slice(start, offset).trim() === "";
  };
  const docs = tokens.filter(({ tokenType }) => tokenType === t.Doc);
  const commentLines = [...comments, ...docs]
    .map(({ startOffset }) => startOffset)
    .filter(ownLine)
    .map(lineOf);
  const importLines = tokens
    .filter(({ tokenType }) => tokenType === t.Import)
    .map(({ startOffset }) => lineOf(startOffset));
  ranges.push(...runs(commentLines, FoldingRangeKind.Comment), ...runs(importLines, FoldingRangeKind.Imports));
  return ranges.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}

/** Returns the runs of two or more neighbouring lines. */
function runs(lines: readonly number[], kind: FoldingRangeKind): readonly FoldingRange[] {
  const sorted = [...new Set(lines)].sort((a, b) => a - b);
  const ranges: FoldingRange[] = [];
  for (const line of sorted) {
    const last = ranges.at(-1);
    if (last?.endLine === line - 1) ranges[ranges.length - 1] = { ...last, endLine: line };
    else ranges.push({ startLine: line, endLine: line, kind });
  }
  return ranges.filter(({ startLine, endLine }) => endLine > startLine);
}
