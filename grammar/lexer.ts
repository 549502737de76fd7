import { Lexer, type IToken } from "chevrotain";
import type { Diagnostic } from "../src/diagnostics/diagnostic.ts";
import type { Source } from "../src/text/source.ts";
import { limits } from "./limits.ts";
import * as messages from "./lexical-messages.ts";
import { allTokens, BadNumber, BadString, Dims, Identifier, NumberToken, UnterminatedString } from "./tokens.ts";

export interface TokenizedText {
  /** Everything but blanks and comments, in order: newlines and `///` lines too. */
  readonly tokens: readonly IToken[];
  readonly comments: readonly IToken[];
  readonly diagnostics: readonly Diagnostic[];
  /** True where a limit was passed: the tokens are then not worth parsing. */
  readonly refused: boolean;
}

let sharedLexer: Lexer | null = null;

/** Building it costs some milliseconds, so it waits for the first file. Validation runs in the tests. */
function lexer(): Lexer {
  sharedLexer ??= new Lexer([...allTokens], {
    positionTracking: "onlyOffset",
    ensureOptimizations: true,
    skipValidations: true,
  });
  return sharedLexer;
}

/** Bad tokens stay among the tokens, each already reported, so that the parser takes them for a value and goes on. */
export function tokenize(source: Source): TokenizedText {
  const bytes = utf8Length(source.text);
  if (bytes > limits.fileBytes) return refuse(messages.fileTooLarge(source, bytes));

  // A byte-order mark becomes a blank, so that every offset stays what it is.
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

/** `3.6M` is read as 3.6e6, not as 3.6 times a million, so that it is the nearest double to what was written. */
export function numberValue(image: string): number {
  const suffix = suffixExponents[image.charAt(image.length - 1)];
  if (suffix === undefined) return Number(image);
  const [mantissa, exponent] = image.slice(0, -1).split(/[eE]/);
  return Number(`${mantissa ?? ""}e${String(Number(exponent ?? 0) + suffix)}`);
}

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
