import type { Expression, HeaderCell, TableRow, TableStatement } from "../syntax/ast.ts";
import type { Argument } from "./argument.ts";
import { reportAtPlace } from "./blame.ts";
import { evaluate } from "./evaluate.ts";
import { countPiece } from "./count-piece.ts";
import { bindPath, claimPath, joinPath, nextNumber } from "./paths.ts";
import { resolveBlock, type BlockEntry } from "./program.ts";
import { wholeNumber } from "./read-attribute.ts";
import { unknownFlow, type Flow, type Scope } from "./scope.ts";
import type { LoweringState } from "./state.ts";
import { useBlock } from "./use-block.ts";

/** The most often one row may repeat. */
export const MAX_REPEAT = 1_000;

/** One block instance a row and repeat. */
export function lowerTable(state: LoweringState, scope: Scope, table: TableStatement, flow: Flow): Flow {
  const block = resolveBlock(scope.file, table.block.text);
  if (block === null) return unknownFlow();
  const prefix = (table.label ?? table.block).text;
  const shared = sharedArguments(state, scope, table);
  let current = flow;
  for (const row of table.rows) {
    const number = nextNumber(scope, `${prefix}_`);
    const args = rowArguments(state, scope, table, row, shared);
    const repeats = readRepeats(state, scope, number, prefix, args);
    args.delete("n");
    if (repeats === null) current = unknownFlow();
    for (let repeat = 1; repeat <= (repeats ?? 1); repeat++) {
      if (!countPiece(state, scope, row.span)) return current;
      const part = `${prefix}${number}_${repeat}`;
      const path = joinPath(scope.path, part);
      if (!claimPath(state, scope, path, row.span)) return unknownFlow();
      current = useBlock(state, scope, {
        block,
        statement: { callee: table.block, span: table.span },
        path,
        flow: current,
        row: { args: repeat === 1 ? args : withoutFirst(block, args), span: row.span },
      });
      bindPath(state, scope, part, path, current);
    }
  }
  return current;
}

/** Attributes before the brace hold for all rows. */
function sharedArguments(state: LoweringState, scope: Scope, table: TableStatement): ReadonlyMap<string, Argument> {
  return new Map(
    table.attributes.map(({ key, value }) => [
      key.text,
      { value: evaluate(state, scope, value), expression: value, scope },
    ]),
  );
}

function rowArguments(
  state: LoweringState,
  scope: Scope,
  table: TableStatement,
  row: TableRow,
  shared: ReadonlyMap<string, Argument>,
): Map<string, Argument> {
  const args = new Map(shared);
  for (const [index, header] of table.header.entries()) {
    const cell = row.cells[index];
    if (cell?.value == null) continue;
    const expression = throughHeader(header, cell.value);
    // What is wrong with the value is said of the cell, also where a function stands between.
    args.set(header.column.text, { value: evaluate(state, scope, expression), expression: cell.value, scope });
  }
  return args;
}

/** `ch(c)` over the cell `16` is `ch(16)`. */
function throughHeader({ through }: HeaderCell, value: Expression): Expression {
  if (through === null) return value;
  return { kind: "call", callee: through, args: [{ name: null, value, span: value.span }], span: value.span };
}

function readRepeats(
  state: LoweringState,
  scope: Scope,
  number: number,
  prefix: string,
  args: ReadonlyMap<string, Argument>,
): number | null {
  const n = args.get("n");
  if (n === undefined) return 1;
  if (n.value.kind === "number" && n.value.value === 0) {
    reportAtPlace(
      state,
      "table/repeat",
      n.expression.span,
      scope,
      `Row ${number} repeats 0 times, so "${prefix}${number}" produces no layers.`,
      {
        hint: "Set n to 1 or more, or delete the row.",
      },
    );
    return null;
  }
  return wholeNumber(1, MAX_REPEAT)(state, "n", n);
}

/** `first` parameters apply to the first repeat only; then their defaults hold. */
function withoutFirst(block: BlockEntry, args: ReadonlyMap<string, Argument>): ReadonlyMap<string, Argument> {
  const rest = new Map(args);
  for (const parameter of block.declaration.parameters) {
    if (parameter.first) rest.delete(parameter.name.text);
  }
  return rest;
}
