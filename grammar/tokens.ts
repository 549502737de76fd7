import { createToken, Lexer, type TokenType } from "chevrotain";

/*
 * The vocabulary. The lexer takes the first pattern that matches, so their order matters: comments before `/`, dims before numbers, valid numbers and strings before invalid ones, keywords before names, long operators before short ones. No pattern contains a `$`, because chevrotain reads it as an anchor. Messages and diagrams name a token by its `label`.
 */

/** The end of a number: no letter, digit, `_` or single point may follow. Two points may, since `1..2` is a range. */
const numberEnd = String.raw`(?![A-Za-z0-9_]|\.(?!\.))`;

export const Newline = createToken({ name: "Newline", label: "end of line", pattern: /\r\n|\r|\n/, line_breaks: true });
export const Blank = createToken({ name: "Blank", pattern: /[ \t]+/, group: Lexer.SKIPPED });
/** Begins with exactly three slashes; four begin a comment. The layout removes it and attaches its text to the next token. */
export const Doc = createToken({ name: "Doc", pattern: /\/\/\/(?!\/)[^\r\n]*/ });
export const Comment = createToken({ name: "Comment", pattern: /\/\/[^\r\n]*/, group: "comments" });

/** A string as JSON defines it. Its plain characters are the blank and all later characters except `"` and `\\`. */
export const StringToken = createToken({
  name: "String",
  label: "string",
  pattern: /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/,
});
/** A string that is closed on its line but contains an escape or a character that JSON does not allow. */
export const BadString = createToken({ name: "BadString", pattern: /"(?:[^"\\\r\n]|\\[^\r\n])*"/ });
export const UnterminatedString = createToken({ name: "UnterminatedString", pattern: /"(?:[^"\\\r\n]|\\[^\r\n])*\\?/ });

export const Dims = createToken({
  name: "Dims",
  label: "dims",
  pattern: new RegExp(String.raw`[0-9]+(?:x[0-9]+)+${numberEnd}`),
});
export const NumberToken = createToken({
  name: "Number",
  label: "number",
  pattern: new RegExp(String.raw`[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?[KMG]?${numberEnd}`),
});
export const Range = createToken({ name: "Range", label: "..", pattern: /\.\./ });
/**
 * Text that begins like a number but is not one: `5k`, `3xk`, `1.`, `.5`. It extends to the next place where a number
 * could end.
 */
export const BadNumber = createToken({
  name: "BadNumber",
  pattern: /(?:[0-9]|\.[0-9])(?:[eE][+-](?=[0-9])|[A-Za-z0-9_]|\.(?!\.))*/,
});

export const Identifier = createToken({ name: "Identifier", label: "name", pattern: /[A-Za-z_][A-Za-z0-9_]*/ });

function keyword(word: string): TokenType {
  const name = word.charAt(0).toUpperCase() + word.slice(1);
  return createToken({ name, label: word, pattern: word, longer_alt: Identifier });
}

export const Network = keyword("network");
export const Block = keyword("block");
export const Param = keyword("param");
export const Let = keyword("let");
export const Input = keyword("input");
export const Output = keyword("output");
export const Default = keyword("default");
export const Assert = keyword("assert");
export const Import = keyword("import");
export const If = keyword("if");
export const Else = keyword("else");
export const Branch = keyword("branch");
export const Path = keyword("path");
export const In = keyword("in");
export const First = keyword("first");
export const And = keyword("and");
export const Or = keyword("or");
export const Not = keyword("not");
export const True = keyword("true");
export const False = keyword("false");

function symbol(name: string, text: string): TokenType {
  return createToken({ name, label: text, pattern: text });
}

export const Arrow = symbol("Arrow", "->");
export const EqualEqual = symbol("EqualEqual", "==");
export const NotEqual = symbol("NotEqual", "!=");
export const LessEqual = symbol("LessEqual", "<=");
export const GreaterEqual = symbol("GreaterEqual", ">=");
export const Less = symbol("Less", "<");
export const Greater = symbol("Greater", ">");
export const Equals = symbol("Equals", "=");
/** Markdown's line below a header, `|---|:-:|`. */
export const RowSeparator = createToken({
  name: "RowSeparator",
  label: "|---|",
  pattern: /\|(?:[ \t]*:?-+:?[ \t]*\|)+/,
});
export const Pipe = symbol("Pipe", "|");
export const LParen = symbol("LParen", "(");
/** A `(` that touches the name before it. The lexer never matches it; the layout changes the type of such a `(`. */
export const CallParen = createToken({ name: "CallParen", label: "(", pattern: Lexer.NA });
export const RParen = symbol("RParen", ")");
export const LBracket = symbol("LBracket", "[");
export const RBracket = symbol("RBracket", "]");
export const LCurly = symbol("LCurly", "{");
export const RCurly = symbol("RCurly", "}");
export const Comma = symbol("Comma", ",");
export const Colon = symbol("Colon", ":");
export const Dot = symbol("Dot", ".");
export const Plus = symbol("Plus", "+");
export const Minus = symbol("Minus", "-");
export const Star = symbol("Star", "*");
export const Slash = symbol("Slash", "/");
export const Percent = symbol("Percent", "%");

export const keywords: readonly TokenType[] = [
  Network,
  Block,
  Param,
  Let,
  Input,
  Output,
  Default,
  Assert,
  Import,
  If,
  Else,
  Branch,
  Path,
  In,
  First,
  And,
  Or,
  Not,
  True,
  False,
];

export const comparisonTokens: readonly TokenType[] = [EqualEqual, NotEqual, LessEqual, GreaterEqual, Less, Greater];

export const binaryOperatorTokens: readonly TokenType[] = [
  Or,
  And,
  ...comparisonTokens,
  Plus,
  Minus,
  Star,
  Slash,
  Percent,
];

export const allTokens: readonly TokenType[] = [
  Newline,
  Blank,
  Doc,
  Comment,
  StringToken,
  BadString,
  UnterminatedString,
  Dims,
  NumberToken,
  Range,
  BadNumber,
  ...keywords,
  Identifier,
  Arrow,
  ...comparisonTokens,
  Equals,
  RowSeparator,
  Pipe,
  LParen,
  CallParen,
  RParen,
  LBracket,
  RBracket,
  LCurly,
  RCurly,
  Comma,
  Colon,
  Dot,
  Plus,
  Minus,
  Star,
  Slash,
  Percent,
];
