import type { IToken, TokenType } from "chevrotain";
import { error, type Diagnostic } from "../src/diagnostics/diagnostic.ts";
import type { Source } from "../src/text/source.ts";
import { spanOf } from "./lexical-messages.ts";
import { limits } from "./limits.ts";
import * as t from "./tokens.ts";

export interface Layout {
  /** The tokens that the parser reads. Docs and newlines that end no statement are left out. */
  readonly tokens: IToken[];
  /** Doc text by the offset of the first token of the statement or declaration below it. */
  readonly docs: ReadonlyMap<number, string>;
  /**
   * The offsets at which stretches begin, ascending. A stretch holds no brace and no newline that ends a statement. The
   * parser reports at most one syntax error in each, because the others follow from the first.
   */
  readonly stretches: readonly number[];
  /** True if there are more `{` than `}`. If so, a `network` in a body means that a `}` is missing above it. */
  readonly unclosedBrace: boolean;
  /** The number of `}` that close nothing. At most as many bodies lack their `{`. */
  readonly strayBraces: number;
  readonly diagnostics: readonly Diagnostic[];
  /** True if the file passes a limit. Its tokens must not be parsed. */
  readonly refused: boolean;
}

const opening: ReadonlySet<TokenType> = new Set([t.LParen, t.CallParen, t.LBracket]);
const closing: ReadonlySet<TokenType> = new Set([t.RParen, t.RBracket]);
const operators: ReadonlySet<TokenType> = new Set([...t.binaryOperatorTokens, t.Not]);
const breakAfter: ReadonlySet<TokenType> = new Set([...opening, t.Comma, ...operators]);
const breakBefore: ReadonlySet<TokenType> = new Set([...closing, t.Comma, ...t.binaryOperatorTokens]);

/**
 * Turns the lexer's tokens into those that the parser reads, in linear time. Inside brackets a line may break after an
 * opening bracket, a comma or an operator, and before a closing bracket, a comma or an operator. Any other newline ends the
 * statement, even inside an open bracket, so a missing `)` spoils one line only. A `(` that touches the name before it
 * becomes the parenthesis of a call.
 */
export function layOut(source: Source, tokens: readonly IToken[]): Layout {
  const kept: IToken[] = [];
  const docs = new Map<number, string>();
  const stretches = [0];
  const diagnostics: Diagnostic[] = [];
  let previous: IToken | null = null;
  let newline: IToken | null = null;
  let doc: string[] = [];
  let brackets = 0;
  let braces = 0;
  let strayBraces = 0;
  let operatorCount = 0;

  const refuse = (diagnostic: Diagnostic): Layout => ({
    tokens: [],
    docs,
    stretches: [0],
    unclosedBrace: false,
    strayBraces: 0,
    diagnostics: [diagnostic],
    refused: true,
  });
  const beginStretch = (after: IToken): void => {
    stretches.push(after.startOffset + after.image.length);
    brackets = 0;
    operatorCount = 0;
  };

  for (const token of tokens) {
    const type = token.tokenType;
    if (type === t.Newline) {
      newline ??= token;
      continue;
    }
    if (type === t.Doc) {
      // A doc after code on the same line documents nothing.
      if (newline !== null || previous === null) doc.push(docText(token.image));
      continue;
    }

    if (newline !== null && previous !== null) {
      if (type === t.LCurly && belongsToLine(previous)) {
        diagnostics.push(braceOnItsOwnLine(source, token));
      } else if (newlineCounts(previous, token, brackets)) {
        newline.endOffset = newline.startOffset + newline.image.length - 1;
        kept.push(newline);
        beginStretch(newline);
      }
    }
    if (doc.length > 0) {
      docs.set(token.startOffset, doc.join("\n"));
      doc = [];
    }
    if (type === t.LParen && newline === null && previous !== null && touches(previous, token)) {
      token.tokenType = t.CallParen;
      token.tokenTypeIdx = t.CallParen.tokenTypeIdx ?? token.tokenTypeIdx;
    }
    newline = null;
    // The lexer tracks only starts, which is faster. The parser's node locations need ends.
    token.endOffset = token.startOffset + token.image.length - 1;
    kept.push(token);
    previous = token;

    if (opening.has(token.tokenType)) brackets++;
    else if (closing.has(type)) brackets = Math.max(0, brackets - 1);
    else if (type === t.LCurly) {
      braces++;
      beginStretch(token);
    } else if (type === t.RCurly) {
      if (braces === 0) strayBraces++;
      else braces--;
      beginStretch(token);
    } else if (operators.has(type)) operatorCount++;
    if (brackets + braces > limits.nesting) return refuse(nestsTooDeep(source, token));
    if (operatorCount > limits.operators) return refuse(tooManyOperators(source, token));
  }
  return { tokens: kept, docs, stretches, unclosedBrace: braces > 0, strayBraces, diagnostics, refused: false };
}

function newlineCounts(previous: IToken, next: IToken, brackets: number): boolean {
  if (brackets > 0 && (breakAfter.has(previous.tokenType) || breakBefore.has(next.tokenType))) return false;
  return !(next.tokenType === t.Else && previous.tokenType === t.RCurly);
}

/** True if a `{` on the next line opens the body of the statement that the token is part of. */
function belongsToLine(previous: IToken): boolean {
  return previous.tokenType !== t.LCurly && previous.tokenType !== t.RCurly && previous.tokenType !== t.Pipe;
}

function touches(previous: IToken, token: IToken): boolean {
  return previous.tokenType === t.Identifier && previous.startOffset + previous.image.length === token.startOffset;
}

function docText(image: string): string {
  return image.slice(3).replace(/^ /, "").trimEnd();
}

function braceOnItsOwnLine(source: Source, token: IToken): Diagnostic {
  return error("syntax/brace-line", spanOf(source, token), 'This "{" stands on a line of its own.', {
    hint: 'Move the "{" to the end of the line above.',
  });
}

function nestsTooDeep(source: Source, token: IToken): Diagnostic {
  return error(
    "syntax/too-deep",
    spanOf(source, token),
    `Brackets and braces nest ${String(limits.nesting + 1)} deep here, but at most ${String(limits.nesting)} levels are allowed.`,
    { hint: 'Name the inner parts with "let", or make them blocks.' },
  );
}

function tooManyOperators(source: Source, token: IToken): Diagnostic {
  return error(
    "syntax/too-deep",
    spanOf(source, token),
    `This statement has more than ${String(limits.operators)} operators.`,
    { hint: 'Name parts of it with "let".' },
  );
}
