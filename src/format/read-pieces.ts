import type { IToken, TokenType } from "chevrotain";
import { tokenize } from "../../grammar/lexer.ts";
import * as t from "../../grammar/tokens.ts";
import type { Source } from "../text/source.ts";
import type { Comment, Group, Leaf, Piece } from "./layout-tree.ts";

/** The tokens, newlines and comments of a file in order, and the index of the next one to read. */
export interface Cursor {
  readonly tokens: readonly IToken[];
  index: number;
}

const binaryOperators: ReadonlySet<TokenType> = new Set(t.binaryOperatorTokens);
const operands: ReadonlySet<TokenType> = new Set([t.Identifier, t.NumberToken, t.Dims, t.StringToken, t.True, t.False]);

export function openCursor(source: Source): Cursor {
  const { tokens, comments } = tokenize(source);
  return { tokens: [...tokens, ...comments].sort((a, b) => a.startOffset - b.startOffset), index: 0 };
}

export function typeAt({ tokens, index }: Cursor, ahead = 0): TokenType | null {
  return tokens[index + ahead]?.tokenType ?? null;
}

export function isComment(type: TokenType | null): boolean {
  return type === t.Comment || type === t.Doc;
}

export function take(cursor: Cursor): IToken {
  const token = cursor.tokens[cursor.index++];
  if (token === undefined) throw new Error("internal: the formatter read past the end of a file without syntax errors");
  return token;
}

export function takeComment(cursor: Cursor, ownLine: boolean): Comment {
  return { kind: "comment", text: take(cursor).image.trimEnd(), ownLine };
}

/** Takes a comment on the line of what was read last; null if there is none. */
export function takeTrailingComment(cursor: Cursor): Comment | null {
  return isComment(typeAt(cursor)) ? takeComment(cursor, false) : null;
}

/** True if the piece ends a value. After it a `-` is a subtraction, and `step` is the keyword of a param. */
export function endsOperand(piece: Piece | undefined): boolean {
  return (
    piece !== undefined && (piece.kind === "group" || (piece.kind === "leaf" && operands.has(piece.token.tokenType)))
  );
}

const endOfHead: ReadonlySet<TokenType | null> = new Set([
  null,
  t.Newline,
  t.Comment,
  t.Doc,
  t.LCurly,
  t.RCurly,
  t.Pipe,
]);

/** Reads the pieces of a line up to a brace, the end of a cell, a comment or the end of the line. Brackets may span lines. */
export function readPieces(cursor: Cursor): readonly Piece[] {
  const pieces: Piece[] = [];
  while (!endOfHead.has(typeAt(cursor))) pieces.push(readPiece(cursor));
  return pieces;
}

function readPiece(cursor: Cursor): Leaf | Group {
  const { tokens, index } = cursor;
  const token = take(cursor);
  if (token.tokenType !== t.LParen && token.tokenType !== t.LBracket) return { kind: "leaf", token };
  const previous = tokens[index - 1];
  const call =
    token.tokenType === t.LParen &&
    previous?.tokenType === t.Identifier &&
    previous.startOffset + previous.image.length === token.startOffset;
  return { kind: "group", open: token, call, pieces: readBracket(cursor), close: take(cursor) };
}

/** Reads the pieces between brackets, where lines may break. */
function readBracket(cursor: Cursor): readonly Piece[] {
  const pieces: Piece[] = [];
  let ownLine = false;
  for (;;) {
    const type = typeAt(cursor);
    if (type === t.RParen || type === t.RBracket) return pieces;
    if (type === t.Newline) {
      take(cursor);
      ownLine = true;
    } else if (isComment(type)) {
      pieces.push(takeComment(cursor, ownLine));
    } else {
      const piece = readPiece(cursor);
      // A piece with a comment after it keeps its line.
      pieces.splice(isComment(typeAt(cursor)) ? pieces.length : placeOf(piece, pieces), 0, piece);
      ownLine = false;
    }
  }
}

/** Returns the place of a piece. A comma or operator goes before the comments above it: `a // why`, then `, b`, becomes `a, // why`. */
function placeOf(piece: Leaf | Group, pieces: readonly Piece[]): number {
  const isJoint =
    piece.kind === "leaf" && (piece.token.tokenType === t.Comma || binaryOperators.has(piece.token.tokenType));
  let at = pieces.length;
  while (pieces[at - 1]?.kind === "comment") at--;
  return isJoint && endsOperand(pieces[at - 1]) ? at : pieces.length;
}
