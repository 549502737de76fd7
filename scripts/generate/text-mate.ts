import type { TokenType } from "chevrotain";
import * as t from "../../grammar/tokens.ts";
import type { GeneratedFile } from "./generated-file.ts";

/** Highlighting for editors, made of the patterns the lexer uses. */
export const textMateGrammar: GeneratedFile = {
  path: "generated/mnet.tmLanguage.json",
  contents: () => `${JSON.stringify(grammar(), null, 2)}\n`,
};

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
const name = source(t.Identifier);

function grammar(): unknown {
  const control = t.keywords.filter((token) => ![...operatorWords, ...constants, ...declarations].includes(token));
  return {
    $schema: "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
    name: "mnet",
    scopeName: "source.mnet",
    fileTypes: ["mnet"],
    patterns: [
      { name: "comment.line.documentation.mnet", match: source(t.Doc) },
      { name: "comment.line.double-slash.mnet", match: source(t.Comment) },
      {
        name: "string.quoted.double.mnet",
        match: source(t.StringToken),
        captures: {
          "0": { patterns: [{ name: "constant.character.escape.mnet", match: String.raw`\\(?:u[0-9A-Fa-f]{4}|.)` }] },
        },
      },
      { name: "invalid.illegal.string.mnet", match: source(t.UnterminatedString) },
      { name: "constant.numeric.dims.mnet", match: source(t.Dims) },
      { name: "constant.numeric.mnet", match: source(t.NumberToken) },
      { name: "keyword.operator.range.mnet", match: source(t.Range) },
      { name: "invalid.illegal.number.mnet", match: source(t.BadNumber) },
      {
        match: String.raw`\b(network|block)\s+(${name})`,
        captures: { "1": { name: "keyword.declaration.mnet" }, "2": { name: "entity.name.type.mnet" } },
      },
      { name: "variable.language.mnet", match: String.raw`\bin\.[hwc]\b` },
      { name: "keyword.declaration.mnet", match: words(declarations) },
      { name: "keyword.control.mnet", match: words(control) },
      { name: "keyword.operator.word.mnet", match: words(operatorWords) },
      { name: "constant.language.mnet", match: words(constants) },
      {
        match: String.raw`(${name})\s*(:)`,
        captures: { "1": { name: "entity.name.tag.mnet" }, "2": { name: "punctuation.separator.label.mnet" } },
      },
      {
        match: String.raw`(${name})\s*(=)(?!=)`,
        captures: {
          "1": { name: "entity.other.attribute-name.mnet" },
          "2": { name: "keyword.operator.assignment.mnet" },
        },
      },
      { match: String.raw`(${name})(?=\()`, captures: { "1": { name: "entity.name.function.mnet" } } },
      {
        match: String.raw`(?:^|(?<=[{}:]))\s*(${name})`,
        captures: { "1": { name: "support.function.mnet" } },
      },
      { name: "punctuation.separator.row.mnet", match: source(t.RowSeparator) },
      { name: "punctuation.separator.table.mnet", match: signs([t.Pipe]) },
      {
        name: "keyword.operator.mnet",
        match: signs([t.Arrow, t.Equals, ...t.comparisonTokens, t.Plus, t.Minus, t.Star, t.Slash, t.Percent]),
      },
    ],
  };
}
