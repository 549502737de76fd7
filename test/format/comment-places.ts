import type { TokenType } from "chevrotain";
import { tokenize } from "../../grammar/lexer.ts";
import * as t from "../../grammar/tokens.ts";
import { createSource } from "../../src/text/source.ts";

const operators: ReadonlySet<TokenType> = new Set([t.Comma, ...t.binaryOperatorTokens]);

/**
 * Returns each comment and doc comment with its place: whether it has a line of its own, and outside of brackets the number of tokens before
 * it, inside of brackets the two values around it. A formatter must keep that. It may move a comma before a comment, and an attribute
 * together with what its brackets hold.
 */
export function commentPlaces(text: string): readonly string[] {
  const { tokens, comments } = tokenize(createSource("places.mnet", text));
  const all = [...tokens, ...comments].sort((a, b) => a.startOffset - b.startOffset);
  const isComment = (type: TokenType): boolean => type === t.Comment || type === t.Doc;
  const values = all.filter(
    ({ tokenType }) => !isComment(tokenType) && tokenType !== t.Newline && !operators.has(tokenType),
  );
  const places: string[] = [];
  let ownLine = true;
  let depth = 0;
  let count = 0;
  let seen = 0;
  for (const { tokenType, image } of all) {
    if (isComment(tokenType)) {
      const place =
        depth > 0 ? `between ${values[seen - 1]?.image ?? ""} and ${values[seen]?.image ?? ""}` : `after ${count}`;
      places.push(`${image.trimEnd()} ${ownLine ? "own line" : "trailing"} ${place}`);
    } else if (tokenType === t.Newline || tokenType === t.RowSeparator) ownLine = true;
    else ownLine = false;
    if (isComment(tokenType) || tokenType === t.Newline) continue;
    if (tokenType === t.LParen || tokenType === t.LBracket) depth++;
    if (tokenType === t.RParen || tokenType === t.RBracket) depth--;
    if (tokenType !== t.RowSeparator) count++;
    if (!operators.has(tokenType)) seen++;
  }
  return places.sort();
}
