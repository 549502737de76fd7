import { tags, type Tag } from "@lezer/highlight";
import type { HighlightKind } from "../../generated/highlighting.ts";

/** The tag of each kind of text. A CodeMirror theme gives it a colour. */
export const highlightTags: Readonly<Record<HighlightKind, Tag>> = {
  doc: tags.docComment,
  comment: tags.lineComment,
  string: tags.string,
  badString: tags.invalid,
  dims: tags.number,
  number: tags.number,
  range: tags.operator,
  badNumber: tags.invalid,
  declaration: tags.definitionKeyword,
  control: tags.controlKeyword,
  operatorWord: tags.operatorKeyword,
  constant: tags.bool,
  extent: tags.special(tags.variableName),
  typeName: tags.typeName,
  label: tags.labelName,
  labelMark: tags.punctuation,
  attribute: tags.attributeName,
  assignment: tags.definitionOperator,
  function: tags.function(tags.variableName),
  operation: tags.standard(tags.variableName),
  symbol: tags.atom,
  name: tags.variableName,
  rowSeparator: tags.contentSeparator,
  column: tags.contentSeparator,
  operator: tags.operator,
  bracket: tags.paren,
  brace: tags.brace,
  comma: tags.separator,
};
