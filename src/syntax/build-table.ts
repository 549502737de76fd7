import type { TableBodyCstNode, TableRowCstNode } from "../../generated/cst-types.ts";
import type { HeaderCell, Name, TableCell, TableRow, TableStatement } from "./ast.ts";
import {
  all,
  buildName,
  first,
  nodeSpan,
  report,
  reportDuplicates,
  tokenSpan,
  type BuildContext,
} from "./build-context.ts";
import { buildExpression } from "./build-expressions.ts";
import { counted } from "../text/counted.ts";

/** Builds header and rows, and compares the width of each row with the header's. */
export function buildTable(
  context: BuildContext,
  node: TableBodyCstNode,
  block: Name,
): Pick<TableStatement, "header" | "rows"> {
  const span = nodeSpan(context, node, block.span.end);
  const headerNode = first(node.children.tableHeader);
  const header = (headerNode?.children.headerCell ?? []).map((cell): HeaderCell => {
    const cellSpan = nodeSpan(context, cell, span.start);
    const name = buildName(context, first(cell.children.name), cellSpan.start);
    const column = first(cell.children.column);
    return {
      kind: "header-cell",
      column: column ? buildName(context, column, cellSpan.start) : name,
      through: column ? name : null,
      span: cellSpan,
    };
  });
  reportDuplicates(
    context,
    header.map(({ column }) => column),
    "syntax/duplicate-column",
    "column",
  );

  const rowNodes = node.children.tableRow ?? [];
  const rows = rowNodes.map((row) => buildRow(context, row));
  if (headerNode && !headerNode.recoveredNode) {
    rows.forEach((row, index) => {
      if (!rowNodes[index]?.recoveredNode) checkWidth(context, row, header.length);
    });
  }
  if (rows.length === 0 && !context.hasErrorIn(span.start, span.end)) {
    report(context, "syntax/no-rows", block.span, `The table of "${block.text}" has no rows.`, {
      hint: headerNode ? "Add a row, or delete the table." : "Add a header and rows, or delete the braces.",
    });
  }
  checkSeparators(context, node, rows[0]);
  return { header, rows };
}

function buildRow(context: BuildContext, node: TableRowCstNode): TableRow {
  const span = nodeSpan(context, node, 0);
  const cells = all(node.children.tableCell).map((cell): TableCell => {
    const cellSpan = nodeSpan(context, cell, span.end);
    const expression = first(cell.children.expression);
    if (cell.recoveredNode && !expression) return { value: { kind: "hole", span: cellSpan }, span: cellSpan };
    if (!expression) return { value: null, span: { ...cellSpan, end: cellSpan.start } };
    const value = buildExpression(context, expression, cellSpan.start);
    return { value, span: nodeSpan(context, expression, cellSpan.start) };
  });
  return { kind: "row", cells, span };
}

function checkWidth(context: BuildContext, row: TableRow, columns: number): void {
  const cells = row.cells.length;
  if (cells === columns) return;
  const message = `This row has ${counted(cells, "cell")}, and the header has ${counted(columns, "column")}.`;
  report(context, "syntax/row-width", row.span, message, {
    hint:
      cells < columns
        ? 'Add the missing cells. An empty cell, "| |", takes the default.'
        : "Delete cells, or add columns to the header.",
  });
}

/** Reports separators, except one right below the header. */
function checkSeparators(context: BuildContext, node: TableBodyCstNode, firstRow: TableRow | undefined): void {
  const separators = node.children.RowSeparator ?? [];
  separators.forEach((token, index) => {
    if (index === 0 && token.startOffset < (firstRow?.span.start ?? Infinity) && node.children.tableHeader) return;
    report(context, "syntax/misplaced", tokenSpan(context, token), "A |---| line stands below the header only.", {
      hint: "Delete the line.",
    });
  });
}
