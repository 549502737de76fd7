import type { IToken, TokenType } from "chevrotain";
import { tokenize } from "../../grammar/lexer.ts";
import * as t from "../../grammar/tokens.ts";
import { createSource } from "../../src/text/source.ts";

/** Returns random numbers from 0 up to `below`. The same seed gives the same numbers. */
type Random = (below: number) => number;

function random(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
  };
}

const binaryOperators: ReadonlySet<TokenType> = new Set(t.binaryOperatorTokens);
const breakAfter: ReadonlySet<TokenType> = new Set([t.LParen, t.LBracket, t.Comma, t.Not, ...t.binaryOperatorTokens]);
const breakBefore: ReadonlySet<TokenType> = new Set([t.RParen, t.RBracket, t.Comma, ...t.binaryOperatorTokens]);

/**
 * Writes a program as a careless person would: any spacing that the language allows, lines broken inside brackets, bodies on one line, blank
 * lines and comments wherever they may stand, any line ends, perhaps a byte-order mark. `text` has no comments itself.
 */
export function noisyText(text: string, seed: number): string {
  const next = random(seed);
  const ends = ["\n", "\r\n", "\r"] as const;
  const style = next(4);
  const lineEnd = (): string => ends[style < 3 ? style : next(3)] ?? "\n";
  const share = [0, 3, 12][next(3)] ?? 0;
  let comments = 0;
  const blanks = (): string => ["", "", " ", "  ", "\t"][next(5)] ?? "";
  const comment = (ownLine: boolean): string => {
    // Three slashes on a line of their own would be a doc comment of the line below.
    const slashes = ownLine ? ["//", "////"][next(2)] : ["//", "///", "////"][next(3)];
    return `${slashes ?? "//"}${["", " "][next(2)] ?? ""}c${String(comments++)} é${blanks()}`;
  };
  const chance = (oneIn: number): boolean => oneIn > 0 && next(oneIn) === 0;
  /** Returns a line end, with what may stand before it and whole lines after it. */
  const lines = (mayTrail: boolean): string => {
    // The blank keeps a slash before the comment from becoming part of it.
    let out = mayTrail && chance(share) ? ` ${blanks()}${comment(false)}` : blanks();
    out += lineEnd();
    while (chance(3)) out += blanks() + (chance(share) ? comment(true) : "") + lineEnd();
    return out + blanks();
  };

  const { tokens } = tokenize(createSource("noise.mnet", text));
  let out = next(5) === 0 ? "\uFEFF" : "";
  if (next(3) === 0) out += lines(false);
  let depth = 0;
  tokens.forEach((token, index) => {
    const following = tokens[index + 1];
    const previous = tokens[index - 1];
    if (token.tokenType === t.Newline) {
      const mayJoin = joins(previous, following, depth);
      out +=
        mayJoin && chance(2) ? " " : lines(previous !== undefined && ![t.Doc, t.Newline].includes(previous.tokenType));
      return;
    }
    out += token.image;
    if (token.tokenType === t.LParen || token.tokenType === t.LBracket) depth++;
    if (token.tokenType === t.RParen || token.tokenType === t.RBracket) depth--;
    if (following === undefined || following.tokenType === t.Newline) return;
    const mayBreak = depth > 0 && (breakAfter.has(token.tokenType) || breakBefore.has(following.tokenType));
    if (mayBreak && chance(6)) out += lines(true);
    else out += gap(token, following, blanks());
  });
  return next(4) === 0 ? out.trimEnd() : out + lines(true);
}

/** True if the program stays the same without the newline between two tokens. */
function joins(previous: IToken | undefined, following: IToken | undefined, depth: number): boolean {
  if (previous === undefined || following === undefined || depth > 0) return depth > 0;
  const atRow = following.tokenType === t.Pipe || following.tokenType === t.RowSeparator;
  const special = new Set([t.Newline, t.Doc, t.Pipe, t.RowSeparator]);
  if (special.has(previous.tokenType) || special.has(following.tokenType) || atRow) return false;
  return (
    previous.tokenType === t.LCurly ||
    following.tokenType === t.RCurly ||
    (following.tokenType === t.Else && previous.tokenType === t.RCurly)
  );
}

function gap(left: IToken, right: IToken, blanks: string): string {
  const touching = left.startOffset + left.image.length === right.startOffset;
  if (left.tokenType === t.Identifier && right.tokenType === t.LParen) return touching ? "" : blanks || " ";
  // `1 ..` may be written without the blank, and `|` and `-` are no words.
  const words = /[\w"]$/.test(left.image) && /^[\w"]/.test(right.image);
  const operator = binaryOperators.has(left.tokenType) && binaryOperators.has(right.tokenType);
  return words || operator ? blanks || " " : blanks;
}
