import type { TextEdit } from "vscode-languageserver-types";
import { formatSource } from "../format/format-source.ts";
import { withLineEndsOf } from "../format/line-ends.ts";
import type { Source } from "../text/source.ts";
import { rangeOf } from "./places.ts";

/**
 * Returns the edit that formats a file. It covers only the stretch that differs, so that a cursor elsewhere stays. There is no
 * edit for a file that is formatted already or has syntax errors.
 */
export function formatting(source: Source): readonly TextEdit[] {
  const { value } = formatSource(source);
  if (value === null) return [];
  const after = withLineEndsOf(source.text, value);
  return after === source.text ? [] : [smallestEdit(source, after)];
}

/** Returns an edit of what lies between the common beginning and the common end of two texts. */
export function smallestEdit(source: Source, after: string): TextEdit {
  const { text } = source;
  const most = Math.min(text.length, after.length);
  let start = 0;
  while (start < most && text.charCodeAt(start) === after.charCodeAt(start)) start++;
  let kept = 0;
  while (kept < most - start && text.charCodeAt(text.length - 1 - kept) === after.charCodeAt(after.length - 1 - kept))
    kept++;
  // Neither end may split a CRLF or a surrogate pair: no position names their middle.
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
