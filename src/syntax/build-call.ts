import type { IToken } from "chevrotain";
import type { CallStatementCstNode } from "../../generated/cst-types.ts";
import type { CallStatement, TableStatement } from "./ast.ts";
import { buildName, docAt, first, nodeSpan, report, type BuildContext } from "./build-context.ts";
import { buildAttributes, buildOrigin, buildPrimary, buildShape } from "./build-expressions.ts";
import { buildTable } from "./build-table.ts";

/** Builds a statement that names an op or a block. If a body follows, it builds a table. */
export function buildCall(
  context: BuildContext,
  node: CallStatementCstNode,
  label: IToken | undefined,
): CallStatement | TableStatement {
  const own = nodeSpan(context, node, label?.startOffset ?? 0);
  const span = label ? { ...own, start: label.startOffset } : own;
  const { callee, primary = [], attribute, origin, shape, tableBody } = node.children;
  const common = {
    doc: docAt(context, span.start),
    label: label ? buildName(context, label, span.start) : null,
    span,
  };
  const name = buildName(context, first(callee), own.start);
  const positional = primary.map((value) => buildPrimary(context, value, own.end));
  const attributes = buildAttributes(context, attribute);
  const from = buildOrigin(context, first(origin), own.end);
  const body = first(tableBody);
  if (!body) {
    const expected = first(shape);
    const expectedShape = expected ? buildShape(context, expected, own.end) : null;
    return { kind: "call-statement", ...common, callee: name, positional, attributes, from, expectedShape };
  }
  const [extra] = positional;
  if (extra) {
    report(context, "syntax/table-argument", extra.span, "A value without a name stands before the brace of a table.", {
      hint: "Give it a name, key=value, or make it a column.",
    });
  }
  return { kind: "table", ...common, block: name, attributes, from, ...buildTable(context, body, name) };
}
