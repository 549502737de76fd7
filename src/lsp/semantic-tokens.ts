import type { TokenType } from "chevrotain";
import type { Range, SemanticTokens, SemanticTokensLegend } from "vscode-languageserver-types";
import { tokenize } from "../../grammar/lexer.ts";
import * as t from "../../grammar/tokens.ts";
import type { DocumentState } from "./document-state.ts";
import type { DefinitionKind } from "../names/definition.ts";
import type { Occurrence } from "../names/occurrence.ts";
import { offsetOf, positionOf } from "./places.ts";

const tokenTypes = [
  "comment",
  "string",
  "number",
  "keyword",
  "operator",
  "class",
  "function",
  "parameter",
  "variable",
  "property",
  "enumMember",
  "label",
] as const;
type Kind = (typeof tokenTypes)[number];

const tokenModifiers = ["declaration", "readonly", "defaultLibrary", "documentation"] as const;
type Modifier = (typeof tokenModifiers)[number];

export const semanticTokensLegend: SemanticTokensLegend = {
  tokenTypes: [...tokenTypes],
  tokenModifiers: [...tokenModifiers],
};

interface Colour {
  readonly kind: Kind;
  readonly modifiers: readonly Modifier[];
}

const plain = (kind: Kind, ...modifiers: readonly Modifier[]): Colour => ({ kind, modifiers });

/** Colours by the type of token. Names get theirs by what they stand for. */
const byToken: ReadonlyMap<TokenType, Colour> = new Map<TokenType, Colour>([
  [t.Doc, plain("comment", "documentation")],
  [t.Comment, plain("comment")],
  ...[t.StringToken, t.BadString, t.UnterminatedString].map((type) => [type, plain("string")] as const),
  ...[t.NumberToken, t.Dims, t.BadNumber].map((type) => [type, plain("number")] as const),
  ...t.keywords.map((type) => [type, plain("keyword")] as const),
  ...[t.Arrow, t.Equals, t.Range, ...t.binaryOperatorTokens]
    .filter((type) => !t.keywords.includes(type))
    .map((type) => [type, plain("operator")] as const),
]);

const byDefinition: Readonly<Record<DefinitionKind, Colour>> = {
  network: plain("class"),
  preset: plain("class"),
  block: plain("function"),
  parameter: plain("parameter"),
  param: plain("variable", "readonly"),
  let: plain("variable", "readonly"),
  function: plain("function"),
  argument: plain("parameter"),
  label: plain("label"),
  input: plain("variable"),
  output: plain("variable"),
};

function colourOf({ meaning, role }: Occurrence): Colour | null {
  switch (meaning.kind) {
    case "definition": {
      const colour = byDefinition[meaning.definition.kind];
      return role === "definition" ? { ...colour, modifiers: [...colour.modifiers, "declaration"] } : colour;
    }
    case "op":
    case "builtin":
      return plain("function", "defaultLibrary");
    case "attribute":
    case "key":
    case "setting":
    case "metric":
      return plain("property");
    case "symbol":
      return plain("enumMember", "defaultLibrary");
    case "place":
      return plain("label");
    case "extent":
    case "import":
      return null;
  }
}

/** Returns the colours of a range, or of the whole file. Names get the colour of what they stand for. */
export function semanticTokens(state: DocumentState, range: Range | null): SemanticTokens {
  const { source, names } = state;
  const from = range === null ? 0 : offsetOf(source, range.start);
  const to = range === null ? source.text.length : offsetOf(source, range.end);
  const meanings = new Map(names.filter(({ role }) => role !== "part").map((found) => [found.span.start, found]));
  const { tokens, comments } = tokenize(source);
  const data: number[] = [];
  let last = { line: 0, character: 0 };
  for (const { tokenType, startOffset, image } of inOrder(tokens, comments)) {
    if (startOffset + image.length <= from || startOffset >= to) continue;
    const found = tokenType === t.Identifier ? meanings.get(startOffset) : undefined;
    const colour = found === undefined ? byToken.get(tokenType) : colourOf(found);
    if (colour == null) continue;
    const position = positionOf(source, startOffset);
    const line = position.line - last.line;
    const character = line === 0 ? position.character - last.character : position.character;
    const modifiers = colour.modifiers.reduce((bits, name) => bits | (1 << tokenModifiers.indexOf(name)), 0);
    data.push(line, character, image.length, tokenTypes.indexOf(colour.kind), modifiers);
    last = position;
  }
  return { data };
}

/** Returns tokens and comments in order of text. The lexer keeps comments apart. */
function inOrder<T extends { readonly startOffset: number }>(
  tokens: readonly T[],
  comments: readonly T[],
): readonly T[] {
  return comments.length === 0 ? tokens : [...tokens, ...comments].sort((a, b) => a.startOffset - b.startOffset);
}
