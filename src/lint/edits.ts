import type { TextEdit } from "../diagnostics/diagnostic.ts";
import type { ProgramFile } from "../program/program.ts";
import type { Attribute, CallStatement, DefaultDeclaration, TableStatement } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";

/** Deletes `key=value` and the blanks before it. */
export function deleteAttribute(file: ProgramFile, { span }: Attribute): TextEdit {
  const { text } = file.source;
  let { start } = span;
  while (/[ \t]/.test(text.charAt(start - 1))) start -= 1;
  return { span: { ...span, start }, text: "" };
}

/** Replaces the value of the statement's own attribute, or writes `key=value` after its last argument. */
export function setAttribute(
  file: ProgramFile,
  statement: CallStatement | TableStatement | DefaultDeclaration,
  key: string,
  value: string,
): TextEdit {
  const own = statement.attributes.find((attribute) => attribute.key.text === key);
  if (own !== undefined) return replace(own.value.span, value);
  let { end } = lastArgument(statement);
  // Parentheses around a positional argument are not part of its span.
  for (let at = end; /[ \t)]/.test(file.source.text.charAt(at)); at++)
    if (file.source.text.charAt(at) === ")") end = at + 1;
  return { span: { ...statement.span, start: end, end }, text: ` ${key}=${value}` };
}

function lastArgument(statement: CallStatement | TableStatement | DefaultDeclaration): Span {
  const attribute = statement.attributes.at(-1)?.span;
  if (attribute !== undefined) return attribute;
  if (statement.kind === "default") return statement.op.span;
  if (statement.kind === "table") return statement.block.span;
  return statement.positional.at(-1)?.span ?? statement.callee.span;
}

export function replace(span: Span, text: string): TextEdit {
  return { span, text };
}

/** Deletes a statement, and its line if nothing else stands on it. */
export function deleteStatement(file: ProgramFile, { span }: { readonly span: Span }): TextEdit {
  const { text } = file.source;
  let { start, end } = span;
  while (/[ \t]/.test(text.charAt(start - 1))) start -= 1;
  while (/[ \t]/.test(text.charAt(end))) end += 1;
  const opensLine = start === 0 || /[\r\n]/.test(text.charAt(start - 1));
  const lineEnd = /^(\r\n|\r|\n)/.exec(text.slice(end, end + 2))?.[0] ?? "";
  if (opensLine && lineEnd !== "") return { span: { ...span, start, end: end + lineEnd.length }, text: "" };
  return { span, text: "" };
}

/** Wraps a statement in `if condition { }` on its line. */
export function makeConditional({ span }: { readonly span: Span }, condition: string): readonly TextEdit[] {
  return [
    { span: { ...span, end: span.start }, text: `if ${condition} { ` },
    { span: { ...span, start: span.end }, text: " }" },
  ];
}

/** Swaps two statements. Comments stay where they are. */
export function swapStatements(
  file: ProgramFile,
  first: { readonly span: Span },
  second: { readonly span: Span },
): readonly TextEdit[] {
  const textOf = ({ span }: { readonly span: Span }) => file.source.text.slice(span.start, span.end);
  return [replace(first.span, textOf(second)), replace(second.span, textOf(first))];
}
