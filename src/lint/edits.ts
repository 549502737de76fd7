import type { TextEdit } from "../diagnostics/diagnostic.ts";
import type { ProgramFile } from "../lower/program.ts";
import type { Attribute, CallStatement, DefaultDeclaration, TableStatement } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";

/** Takes `key=value` away with the blanks before it. */
export function deleteAttribute(file: ProgramFile, { span }: Attribute): TextEdit {
  const { text } = file.source;
  let { start } = span;
  while (/[ \t]/.test(text.charAt(start - 1))) start -= 1;
  return { span: { ...span, start }, text: "" };
}

/** Writes `key=value` in place of the statement's own, or behind its last argument. */
export function setAttribute(
  statement: CallStatement | TableStatement | DefaultDeclaration,
  key: string,
  value: string,
): TextEdit {
  const own = statement.attributes.find((attribute) => attribute.key.text === key);
  if (own !== undefined) return replace(own.value.span, value);
  const end = lastArgument(statement).end;
  return { span: { ...statement.span, start: end, end }, text: ` ${key}=${value}` };
}

function lastArgument(statement: CallStatement | TableStatement | DefaultDeclaration): Span {
  const attribute = statement.attributes.at(-1)?.span;
  if (attribute !== undefined) return attribute;
  if (statement.kind === "default") return statement.op.span;
  if (statement.kind === "table") return statement.block.span;
  // Parentheses around a positional argument are not part of its span.
  return statement.positional.at(-1)?.span ?? statement.callee.span;
}

export function replace(span: Span, text: string): TextEdit {
  return { span, text };
}
