import type { TokenType } from "chevrotain";
import type { HighlightKind } from "../../generated/highlighting.ts";
import * as t from "../../grammar/tokens.ts";

const names = ["typeName", "label", "attribute", "function", "operation", "symbol", "name", "extent"] as const;

/** The kinds that a highlighter may give to a token of the lexer. */
const kindsByToken: ReadonlyMap<TokenType, readonly HighlightKind[]> = new Map<TokenType, readonly HighlightKind[]>([
  [t.Doc, ["doc"]],
  [t.Comment, ["comment"]],
  [t.StringToken, ["string"]],
  [t.BadString, ["badString"]],
  [t.UnterminatedString, ["badString"]],
  [t.Dims, ["dims"]],
  [t.NumberToken, ["number"]],
  [t.Range, ["range"]],
  [t.BadNumber, ["badNumber"]],
  [t.Identifier, names],
  ...[t.Network, t.Block, t.Param, t.Let, t.Input, t.Output, t.Default, t.Assert, t.Import].map(
    (type) => [type, ["declaration"]] as const,
  ),
  ...[t.If, t.Else, t.Branch, t.Path, t.First].map((type) => [type, ["control"]] as const),
  [t.In, ["control", "extent"]],
  ...[t.And, t.Or, t.Not].map((type) => [type, ["operatorWord"]] as const),
  ...[t.True, t.False].map((type) => [type, ["constant"]] as const),
  [t.Equals, ["assignment", "operator"]],
  ...[t.Arrow, t.Plus, t.Minus, t.Star, t.Slash, t.Percent, ...t.comparisonTokens].map(
    (type) => [type, ["operator"]] as const,
  ),
  [t.Dot, ["operator", "extent"]],
  [t.RowSeparator, ["rowSeparator"]],
  [t.Pipe, ["column"]],
  ...[t.LParen, t.RParen, t.LBracket, t.RBracket].map((type) => [type, ["bracket"]] as const),
  ...[t.LCurly, t.RCurly].map((type) => [type, ["brace"]] as const),
  [t.Comma, ["comma"]],
  [t.Colon, ["labelMark"]],
]);

export function kindsOf(type: TokenType): readonly HighlightKind[] {
  const kinds = kindsByToken.get(type);
  if (kinds === undefined) throw new Error(`No kind is expected of the token ${type.name}.`);
  return kinds;
}
