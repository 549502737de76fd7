import { Lexer, type IToken } from "chevrotain";
import type { Diagnostic } from "../src/diagnostics/diagnostic.ts";
import type { Source } from "../src/text/source.ts";
import { limits } from "./limits.ts";
import * as messages from "./lexical-messages.ts";
import { allTokens, BadNumber, BadString, Dims, Identifier, NumberToken, UnterminatedString } from "./tokens.ts";

export interface TokenizedText {
  /** All tokens except blanks and comments, in order. Newlines and `///` lines are included. */
  readonly tokens: readonly IToken[];
  readonly comments: readonly IToken[];
  readonly diagnostics: readonly Diagnostic[];
  /** True if the file passes a limit. Its tokens must not be parsed. */
  readonly refused: boolean;
}

let sharedLexer: Lexer | null = null;

/**
 * Returns the lexer. It is built at the first call, because building takes some milliseconds. The tests validate it.
 */
function lexer(): Lexer {
  sharedLexer ??= new Lexer([...allTokens], {
    positionTracking: "onlyOffset",
    ensureOptimizations: true,
    skipValidations: true,
  });
  return sharedLexer;
}

/** Splits a file into tokens. Bad tokens are reported and stay among the tokens, so the parser reads them as values and goes on. */
export function tokenize(source: Source): TokenizedText {
  const bytes = utf8Length(source.text);
  if (bytes > limits.fileBytes) return refuse(messages.fileTooLarge(source, bytes));

  // A byte-order mark becomes a blank, so that no offset changes.
  const text = source.text.startsWith("\uFEFF") ? ` ${source.text.slice(1)}` : source.text;
  const { tokens, groups, errors } = lexer().tokenize(text);
  if (tokens.length > limits.tokens) {
    const extra = tokens[limits.tokens];
    return refuse(messages.tooManyTokens(source, tokens.length, extra?.startOffset ?? 0));
  }

  const diagnostics: Diagnostic[] = errors.map(({ offset, length }) => messages.badCharacters(source, offset, length));
  for (const token of tokens) {
    const found = check(source, token);
    if (found) diagnostics.push(found);
  }
  return { tokens, comments: groups["comments"] ?? [], diagnostics, refused: false };
}

function check(source: Source, token: IToken): Diagnostic | null {
  switch (token.tokenType) {
    case Identifier:
      return token.image.length > limits.nameLength ? messages.nameTooLong(source, token) : null;
    case BadNumber:
      return messages.badNumber(source, token);
    case BadString:
      return messages.badString(source, token);
    case UnterminatedString:
      return messages.unterminatedString(source, token);
    case NumberToken:
      return Number.isFinite(numberValue(token.image)) ? null : messages.numberTooLarge(source, token);
    case Dims:
      return dimsValues(token.image).every(Number.isFinite) ? null : messages.numberTooLarge(source, token);
    default:
      return null;
  }
}

const suffixExponents: Readonly<Record<string, number>> = { K: 3, M: 6, G: 9 };

/**
 * Returns the value of a number token. `3.6M` is read as 3.6e6, which gives the nearest double. The product of 3.6 and
 * a million may differ from it.
 */
export function numberValue(image: string): number {
  const suffix = suffixExponents[image.charAt(image.length - 1)];
  if (suffix === undefined) return Number(image);
  const [mantissa, exponent] = image.slice(0, -1).split(/[eE]/);
  return Number(`${mantissa ?? ""}e${String(Number(exponent ?? 0) + suffix)}`);
}

/** Returns the extents of a dims token: `[224, 224, 3]` for `224x224x3`. */
export function dimsValues(image: string): readonly number[] {
  return image.split("x").map(Number);
}

function refuse(diagnostic: Diagnostic): TokenizedText {
  return { tokens: [], comments: [], diagnostics: [diagnostic], refused: true };
}

function utf8Length(text: string): number {
  if (text.length * 3 <= limits.fileBytes) return text.length;
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // A surrogate pair is two units and four bytes: each half adds one.
    if (unit >= 0xd800 && unit <= 0xdfff) bytes += 1;
    else if (unit >= 0x800) bytes += 2;
    else if (unit >= 0x80) bytes += 1;
  }
  return bytes;
}
