import type { TokenType } from "chevrotain";
import * as t from "../../grammar/tokens.ts";
import { symbolNames } from "../../src/language/symbols.ts";

/**
 * The kind of a piece of text. Every highlighter is generated from `highlightRules` and a table over these kinds, so
 * that TextMate, CodeMirror and the lexer agree.
 */
export type HighlightKind =
  | "doc"
  | "comment"
  | "string"
  | "badString"
  | "dims"
  | "number"
  | "range"
  | "badNumber"
  | "declaration"
  | "control"
  | "operatorWord"
  | "constant"
  | "extent"
  | "typeName"
  | "label"
  | "labelMark"
  | "attribute"
  | "assignment"
  | "function"
  | "operation"
  | "symbol"
  | "name"
  | "rowSeparator"
  | "column"
  | "operator"
  | "bracket"
  | "brace"
  | "comma";

/**
 * A regular expression in the notation that Oniguruma and JavaScript share. It never matches across the end of a line.
 */
export interface HighlightRule {
  readonly pattern: string;
  /** The kind of the whole match, or of each group if there are several groups. */
  readonly kinds: HighlightKind | readonly HighlightKind[];
}

function source(token: TokenType): string {
  if (token.PATTERN instanceof RegExp) return token.PATTERN.source;
  throw new Error(`The token ${token.name} has no regular expression.`);
}

function words(tokens: readonly TokenType[]): string {
  return String.raw`\b(?:${tokens.map(({ LABEL }) => LABEL ?? "").join("|")})\b`;
}

function signs(tokens: readonly TokenType[]): string {
  const escaped = tokens.map(({ LABEL }) => (LABEL ?? "").replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`));
  return escaped.sort((a, b) => b.length - a.length).join("|");
}

const operatorWords = [t.And, t.Or, t.Not];
const constants = [t.True, t.False];
const declarations = [t.Network, t.Block, t.Param, t.Let, t.Input, t.Output, t.Default, t.Assert, t.Import];
const control = t.keywords.filter((token) => ![...operatorWords, ...constants, ...declarations].includes(token));
const name = source(t.Identifier);
const keyword = words(t.keywords);

/**
 * The lexer counts UTF-16 units, but Oniguruma counts characters. Only a negated character class has the same meaning
 * in both.
 */
const stringPattern = source(t.StringToken).replace(String.raw`[ !#-[\]-\uffff]`, String.raw`[^"\\\x00-\x1f]`);

/** The first rule that matches wins, as in the lexer. Text that no rule matches is blank or invalid. */
export const highlightRules: readonly HighlightRule[] = [
  { pattern: source(t.Doc), kinds: "doc" },
  { pattern: source(t.Comment), kinds: "comment" },
  { pattern: stringPattern, kinds: "string" },
  { pattern: source(t.UnterminatedString), kinds: "badString" },
  { pattern: source(t.Dims), kinds: "dims" },
  { pattern: source(t.NumberToken), kinds: "number" },
  { pattern: source(t.Range), kinds: "range" },
  { pattern: source(t.BadNumber), kinds: "badNumber" },
  { pattern: String.raw`\b(network|block)\s+(?!${keyword})(${name})`, kinds: ["declaration", "typeName"] },
  { pattern: String.raw`\bin\.[hwc]\b`, kinds: "extent" },
  { pattern: words(declarations), kinds: "declaration" },
  { pattern: words(control), kinds: "control" },
  { pattern: words(operatorWords), kinds: "operatorWord" },
  { pattern: words(constants), kinds: "constant" },
  { pattern: String.raw`(${name})\s*(:)`, kinds: ["label", "labelMark"] },
  { pattern: String.raw`(${name})\s*(=)(?!=)`, kinds: ["attribute", "assignment"] },
  { pattern: String.raw`${name}(?=\()`, kinds: "function" },
  // Matches the beginning of a statement. The match includes the blanks before it, so this rule must distinguish
  // keywords from labels.
  {
    pattern: String.raw`(?:^|(?<=[{}:]))[ \t]*(?!${keyword})(${name})(?![A-Za-z0-9_]|[ \t]*(?::|=(?!=)|\())`,
    kinds: ["operation"],
  },
  { pattern: String.raw`\b(?:${[...symbolNames].join("|")})\b`, kinds: "symbol" },
  // The last rule for words. It keeps the digits of `conv2` from being highlighted as a number.
  { pattern: name, kinds: "name" },
  { pattern: source(t.RowSeparator), kinds: "rowSeparator" },
  { pattern: signs([t.Pipe]), kinds: "column" },
  {
    pattern: signs([t.Arrow, t.Equals, ...t.comparisonTokens, t.Plus, t.Minus, t.Star, t.Slash, t.Percent, t.Dot]),
    kinds: "operator",
  },
  { pattern: signs([t.LParen, t.RParen, t.LBracket, t.RBracket]), kinds: "bracket" },
  { pattern: signs([t.LCurly, t.RCurly]), kinds: "brace" },
  { pattern: signs([t.Comma]), kinds: "comma" },
  { pattern: signs([t.Colon]), kinds: "labelMark" },
];
