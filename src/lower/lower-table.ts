import type { Expression, HeaderCell, Name, TableRow, TableStatement } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import type { Argument } from "./values/argument.ts";
import { reportAtPlace } from "./values/blame.ts";
import { evaluate } from "./values/evaluate.ts";
import { countPiece } from "./count-piece.ts";
import { countedParameters, numberFunctions, selectParameters } from "../language/functions.ts";
import { bindPath, claimPath, joinPath, nextNumber } from "./paths.ts";
import { resolveBlock, type BlockEntry } from "../program/program.ts";
import { wholeNumber } from "./read-attribute.ts";
import { lookupFunction, lookupValue, unknownFlow, type Flow, type Scope } from "./values/scope.ts";
import { reportError, type LoweringState } from "./state.ts";
import { useBlock } from "./use-block.ts";
import { UNKNOWN } from "./values/value.ts";

/** The most often one row may repeat. */
export const MAX_REPEAT = 1_000;

/** One block instance a row and repeat. */
export function lowerTable(state: LoweringState, scope: Scope, table: TableStatement, flow: Flow): Flow {
  const block = resolveBlock(scope.file, table.block.text);
  if (block === null) return unknownFlow();
  const prefix = (table.label ?? table.block).text;
  const shared = sharedArguments(state, scope, table);
  const columns = table.header.map((header) => readHeader(state, scope, header));
  let current = flow;
  for (const row of table.rows) {
    const number = nextNumber(scope, `${prefix}_`);
    const args = rowArguments(state, scope, columns, row, shared);
    const repeats = readRepeats(state, scope, number, prefix, args);
    const empty = emptyCells(table, row);
    args.delete("n");
    if (repeats === null) current = unknownFlow();
    for (let repeat = 1; repeat <= (repeats ?? 1); repeat++) {
      if (!countPiece(state, scope, row.span)) return current;
      const part = `${prefix}${number}_${repeat}`;
      const path = joinPath(scope.path, part);
      if (!claimPath(state, scope, path, row.span)) return unknownFlow();
      current = useBlock(state, scope, {
        block,
        statement: table,
        path,
        flow: current,
        row: { args: repeat === 1 ? args : withoutFirst(block, args), emptyCells: empty, syntax: row, repeat },
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
  columns: readonly Column[],
  row: TableRow,
  shared: ReadonlyMap<string, Argument>,
): Map<string, Argument> {
  const args = new Map(shared);
  for (const [index, { name, through }] of columns.entries()) {
    const cell = row.cells[index];
    if (cell?.value == null) continue;
    const value = through === "broken" ? UNKNOWN : evaluate(state, scope, throughHeader(through, cell.value));
    // What is wrong with the value is said of the cell, also where a function stands between.
    args.set(name, { value, expression: cell.value, scope });
  }
  return args;
}

interface Column {
  readonly name: string;
  /** The function that every cell goes through; `"broken"` where there is none such, which has been reported. */
  readonly through: Name | "broken" | null;
}

/** A function in the header takes the one cell; where it takes another number it is said once, not in each row. */
function readHeader(state: LoweringState, scope: Scope, { column, through }: HeaderCell): Column {
  const name = column.text;
  if (through === null) return { name, through };
  const parameters = parametersOf(scope, through.text);
  if (parameters === null) {
    // What is no name at all, `check-names` has reported.
    if (lookupValue(scope, through.text) !== null) {
      const message = `"${through.text}" is a value, and a header takes a function of one parameter.`;
      const hint = `Declare one, "let f(x) = x * ${through.text}", and write f(${name}).`;
      reportError(state, "name/unknown-function", through.span, message, { hint });
    }
    return { name, through: "broken" };
  }
  const [least, most] = [parameters.names.length - parameters.optional, parameters.names.length];
  if (least <= 1 && most >= 1) return { name, through };
  reportError(
    state,
    "call/argument-count",
    through.span,
    `"${through.text}" in a header is handed one cell, and takes ${countedParameters(least, most)}.`,
    { hint: `Declare a function of one parameter, "let f(x) = ${through.text}(x, …)", and write f(${name}).` },
  );
  return { name, through: "broken" };
}

function parametersOf(scope: Scope, name: string): { names: readonly string[]; optional: number } | null {
  const own = lookupFunction(scope, name)?.declaration.parameters;
  if (own != null) return { names: own.map((parameter) => parameter.text), optional: 0 };
  const builtin = numberFunctions.get(name);
  if (builtin !== undefined) return { names: builtin.parameters, optional: builtin.optional };
  return name === "select" ? { names: selectParameters, optional: 0 } : null;
}

function emptyCells(table: TableStatement, row: TableRow): ReadonlyMap<string, Span> {
  const empty = new Map<string, Span>();
  for (const [index, header] of table.header.entries()) {
    const cell = row.cells[index];
    if (cell?.value === null) empty.set(header.column.text, cell.span);
  }
  return empty;
}

/** `ch(c)` over the cell `16` is `ch(16)`. */
function throughHeader(through: Name | null, value: Expression): Expression {
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
