import type { GeneratedFile } from "./generated-file.ts";
import { highlightRules, type HighlightKind, type HighlightRule } from "./highlight-rules.ts";

/** The TextMate grammar for editors, generated from the patterns of the lexer. */
export const textMateGrammar: GeneratedFile = {
  path: "generated/mnet.tmLanguage.json",
  contents: () => `${JSON.stringify(grammar(), null, 2)}\n`,
};

/** The scope of each kind. It follows TextMate's conventions, so that every theme has a colour for it. */
export const scopes: Readonly<Record<HighlightKind, string>> = {
  doc: "comment.line.documentation.mnet",
  comment: "comment.line.double-slash.mnet",
  string: "string.quoted.double.mnet",
  badString: "invalid.illegal.string.mnet",
  dims: "constant.numeric.dims.mnet",
  number: "constant.numeric.mnet",
  range: "keyword.operator.range.mnet",
  badNumber: "invalid.illegal.number.mnet",
  declaration: "keyword.declaration.mnet",
  control: "keyword.control.mnet",
  operatorWord: "keyword.operator.word.mnet",
  constant: "constant.language.mnet",
  extent: "variable.language.mnet",
  typeName: "entity.name.type.mnet",
  label: "entity.name.tag.mnet",
  labelMark: "punctuation.separator.label.mnet",
  attribute: "entity.other.attribute-name.mnet",
  assignment: "keyword.operator.assignment.mnet",
  function: "entity.name.function.mnet",
  operation: "support.function.mnet",
  symbol: "support.constant.mnet",
  name: "variable.other.mnet",
  rowSeparator: "punctuation.separator.row.mnet",
  column: "punctuation.separator.table.mnet",
  operator: "keyword.operator.mnet",
  bracket: "punctuation.section.brackets.mnet",
  brace: "punctuation.section.braces.mnet",
  comma: "punctuation.separator.comma.mnet",
};

function grammar(): unknown {
  return {
    $schema: "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
    name: "mnet",
    scopeName: "source.mnet",
    fileTypes: ["mnet"],
    patterns: highlightRules.map(pattern),
  };
}

function pattern({ pattern: match, kinds }: HighlightRule): unknown {
  if (typeof kinds !== "string") {
    return { match, captures: Object.fromEntries(kinds.map((kind, index) => [index + 1, { name: scopes[kind] }])) };
  }
  return { name: scopes[kinds], match, ...(kinds === "string" && { captures: { "0": { patterns: [escapes] } } }) };
}

const escapes = { name: "constant.character.escape.mnet", match: String.raw`\\(?:u[0-9A-Fa-f]{4}|.)` };
