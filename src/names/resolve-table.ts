import { error } from "../diagnostics/diagnostic.ts";
import { functionNames } from "../language/functions.ts";
import { signatureOf } from "../language/op-signatures.ts";
import { resolveBlock } from "../program/resolve-block.ts";
import type { HeaderCell, TableStatement } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import { tell, withoutReports, type Resolution } from "./declaration-names.ts";
import { defineBlock } from "./define.ts";
import { blockOwner, resolveAttributes, type AttributeOwner } from "./resolve-attributes.ts";
import { resolveArgument, resolveExpression, resolveName } from "./resolve-expression.ts";
import { unknownFunction, unknownKey, unknownOp } from "./unknown-names.ts";
import { lookup, namesIn, type ValueScope } from "./value-scope.ts";

/** Resolves a table: its block, its columns and its cells. */
export function resolveTable(resolution: Resolution, scope: ValueScope, table: TableStatement): void {
  const { block: name, attributes, header } = table;
  resolveCells(resolution, scope, table);
  const block = resolveBlock(resolution.file, name.text);
  if (block === null) {
    const inner = withoutReports(resolution);
    for (const { value } of attributes) resolveExpression(inner, scope, value);
    for (const { through } of header) if (through !== null) resolveName(resolution, scope, through);
    reportNoBlock(resolution, table);
    return;
  }
  const owner = blockOwner(block, true);
  tell(resolution, name.span, { kind: "definition", definition: defineBlock(block) });
  resolveAttributes(resolution, scope, attributes, owner);
  resolveColumns(resolution, scope, table, owner);
  resolution.uses.push({ block, name });
}

function resolveCells(resolution: Resolution, scope: ValueScope, { block, header, rows }: TableStatement): void {
  for (const { cells } of rows) {
    for (const [index, { value }] of cells.entries()) {
      const column = header[index];
      const key = column?.through === null ? column.column.text : "";
      if (value !== null) resolveArgument(resolution, scope, block.text, key, value);
    }
  }
}

function reportNoBlock({ problems, file }: Resolution, { block }: TableStatement): void {
  if (block.text === "") return;
  problems?.push(
    signatureOf(block.text) === null
      ? unknownOp(file, block)
      : error("table/not-a-block", block.span, `A table instantiates a block, and "${block.text}" is an op.`, {
          hint: "Wrap the op in a block, and give its parameters as columns.",
        }),
  );
}

function resolveColumns(
  resolution: Resolution,
  scope: ValueScope,
  { attributes, header }: TableStatement,
  owner: AttributeOwner,
): void {
  const seen = new Map<string, Span>(attributes.map(({ key }) => [key.text, key.span]));
  for (const cell of header) {
    const { column } = cell;
    const meaning = owner.meaningOf(column.text);
    if (meaning !== null) tell(resolution, column.span, meaning);
    const inner = column.text === "" ? withoutReports(resolution) : resolution;
    if (!owner.keys.includes(column.text)) {
      inner.problems?.push(unknownKey(owner.name, owner.keys, column, "parameter"));
    }
    const earlier = seen.get(column.text);
    if (earlier !== undefined) {
      inner.problems?.push(
        error("table/duplicate-column", column.span, `"${column.text}" is given twice.`, {
          hint: "Keep one of them.",
          related: [{ message: "the first one", span: earlier }],
        }),
      );
    }
    seen.set(column.text, column.span);
    resolveThrough(inner, scope, cell);
  }
}

/** Resolves the function that a column's cells go through. A symbol is none. */
function resolveThrough(resolution: Resolution, scope: ValueScope, { through }: HeaderCell): void {
  if (through === null || through.text === "") return;
  resolveName(resolution, scope, through);
  if (functionNames.has(through.text) || lookup(scope, through.text) !== null) return;
  resolution.problems?.push(unknownFunction(through, namesIn(scope)));
}
