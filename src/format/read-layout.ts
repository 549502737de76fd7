import * as t from "../../grammar/tokens.ts";
import type { Source } from "../text/source.ts";
import type { Body, Clause, Comment, Entry, Piece, Row, Statement } from "./layout-tree.ts";
import { orderAttributes } from "./order-attributes.ts";
import {
  type Cursor,
  isComment,
  openCursor,
  readPieces,
  take,
  takeComment,
  takeTrailingComment,
  typeAt,
} from "./read-pieces.ts";

/** Reads the layout of a file. The parser has checked before that the file has no syntax errors. */
export function readLayout(source: Source): Body {
  const cursor = openCursor(source);
  const entries = readEntries(cursor);
  if (typeAt(cursor) !== null) throw new Error("internal: the formatter did not read the whole file");
  return { comment: null, inline: false, entries };
}

/** Reads from after a `{` to its `}`. */
function readBody(cursor: Cursor): Body {
  const comment = takeTrailingComment(cursor);
  const inline = comment === null && typeAt(cursor) !== t.Newline;
  const entries = readEntries(cursor);
  take(cursor);
  return { comment, inline, entries };
}

function readEntries(cursor: Cursor): readonly Entry[] {
  const entries: Entry[] = [];
  let newlines = 0;
  for (;;) {
    for (; typeAt(cursor) === t.Newline; newlines++) take(cursor);
    const type = typeAt(cursor);
    if (type === null || type === t.RCurly) return entries;
    const blankBefore = newlines > 1 && entries.length > 0;
    if (type === t.RowSeparator) {
      take(cursor);
      // A comment after it goes on the line below the header, and a blank line on either side stays.
      newlines = blankBefore ? 1 : 0;
      continue;
    }
    newlines = 0;
    if (isComment(type)) entries.push({ kind: "comment-line", blankBefore, text: takeComment(cursor, true).text });
    else if (type === t.Pipe) entries.push(readRow(cursor, blankBefore));
    else entries.push(readStatement(cursor, blankBefore));
  }
}

function readRow(cursor: Cursor, blankBefore: boolean): Row {
  const cells: (readonly Piece[])[] = [];
  take(cursor);
  while (typeAt(cursor) !== t.Newline && typeAt(cursor) !== null && !isComment(typeAt(cursor))) {
    cells.push(readPieces(cursor));
    take(cursor);
  }
  return { kind: "row", blankBefore, cells, comment: takeTrailingComment(cursor) };
}

function readStatement(cursor: Cursor, blankBefore: boolean): Statement {
  const clauses: Clause[] = [];
  let comments: readonly Comment[] | null = [];
  while (comments !== null) {
    const pieces = orderAttributes(readPieces(cursor));
    if (typeAt(cursor) !== t.LCurly) {
      clauses.push({ comments, pieces, body: null });
      break;
    }
    take(cursor);
    clauses.push({ comments, pieces, body: readBody(cursor) });
    comments = typeAt(cursor) === t.Arrow ? [] : readToElse(cursor);
  }
  return { kind: "statement", blankBefore, clauses, comment: takeTrailingComment(cursor) };
}

/** Moves from a `}` to the `else` after it and returns the comments between. Without an `else` it stays and returns null. */
function readToElse(cursor: Cursor): readonly Comment[] | null {
  let ahead = 0;
  while (typeAt(cursor, ahead) === t.Newline || isComment(typeAt(cursor, ahead))) ahead++;
  if (typeAt(cursor, ahead) !== t.Else) return null;
  const comments: Comment[] = [];
  let ownLine = false;
  for (; ahead > 0; ahead--) {
    if (typeAt(cursor) === t.Newline) {
      take(cursor);
      ownLine = true;
    } else comments.push(takeComment(cursor, ownLine));
  }
  return comments;
}
