import type { TextEdit } from "vscode-languageserver-types";
import { formatSource } from "../format/format-source.ts";
import { withLineEndsOf } from "../format/line-ends.ts";
import type { Source } from "../text/source.ts";
import { rangeOf } from "./places.ts";

/**
 * What takes a file to its one canonical form: an edit of the stretch of lines that differ, so that a cursor elsewhere stays.
 * Nothing where the file is in that form already, or has syntax errors.
 */
export function formatting(source: Source): readonly TextEdit[] {
  const { value } = formatSource(source);
  if (value === null) return [];
  const after = withLineEndsOf(source.text, value);
  return after === source.text ? [] : [smallestEdit(source, after)];
}

/** Replaces what lies between the text that both begin with and the text that both end with. */
export function smallestEdit(source: Source, after: string): TextEdit {
  const { text } = source;
  const most = Math.min(text.length, after.length);
  let start = 0;
  while (start < most && text.charCodeAt(start) === after.charCodeAt(start)) start++;
  let kept = 0;
  while (kept < most - start && text.charCodeAt(text.length - 1 - kept) === after.charCodeAt(after.length - 1 - kept))
    kept++;
  // Neither end may part a CRLF or a surrogate pair, which positions cannot name the middle of.
  while (start > 0 && (text.charAt(start - 1) === "\r" || isHigh(text.charCodeAt(start - 1)))) start--;
  while (kept > 0 && (text.charAt(text.length - kept) === "\n" || isLow(text.charCodeAt(text.length - kept)))) kept--;
  return {
    range: rangeOf(source, { start, end: text.length - kept }),
    newText: after.slice(start, after.length - kept),
  };
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
