import type { Expression, HeaderCell, Name, TableRow, TableStatement } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import type { Argument, Scope } from "./environment.ts";
import { reportAtPlace } from "./values/blame.ts";
import { evaluate } from "./values/evaluate.ts";
import { countedParameters, numberFunctions, selectParameters } from "../language/functions.ts";
import { nextNumber } from "./paths.ts";
import type { BlockEntry } from "../program/program.ts";
import { whole } from "../language/kinds.ts";
import { readArgument } from "./arguments/read-argument.ts";
import { lookupFunction, lookupValue } from "./values/scope.ts";
import { reportError, type LoweringState } from "./state.ts";
import { UNKNOWN } from "./values/value.ts";

/** The most often one row may repeat. */
const MAX_REPEAT = 1_000;

/** What holds for all rows of a table. */
interface TableColumns {
  readonly table: TableStatement;
  readonly columns: readonly Column[];
  /** The attributes before the brace. */
  readonly shared: ReadonlyMap<string, Argument>;
}

/** One row with its cells evaluated. */
export interface RowArguments {
  /** Label or block of the table, with the row's number. */
  readonly name: string;
  readonly args: ReadonlyMap<string, Argument>;
  /** The places of the cells that are left empty, by column. */
  readonly emptyCells: ReadonlyMap<string, Span>;
  /** Null where `n` is in error, and reported. */
  readonly repeats: number | null;
}

/** Reads the attributes and the header of a table. */
export function readTable(state: LoweringState, scope: Scope, table: TableStatement): TableColumns {
  const shared = sharedArguments(state, scope, table);
  return { table, columns: table.header.map((header) => readHeader(state, scope, header)), shared };
}

/** Evaluates the cells of the next row of a table. */
export function readRow(state: LoweringState, scope: Scope, columns: TableColumns, row: TableRow): RowArguments {
  const prefix = (columns.table.label ?? columns.table.block).text;
  const number = nextNumber(scope, `${prefix}_`);
  const args = rowArguments(state, scope, columns, row);
  const repeats = readRepeats(state, scope, { number, prefix }, args);
  args.delete("n");
  return { name: `${prefix}${number}`, args, emptyCells: emptyCells(columns.table, row), repeats };
}

/** Returns the arguments of one repeat of a row. Repeats count from 1; after the first, `first` parameters have their defaults. */
export function argumentsOfRepeat(
  block: BlockEntry,
  args: ReadonlyMap<string, Argument>,
  repeat: number,
): ReadonlyMap<string, Argument> {
  if (repeat === 1) return args;
  const rest = new Map(args);
  for (const parameter of block.declaration.parameters) {
    if (parameter.first) rest.delete(parameter.name.text);
  }
  return rest;
}

/** Reads the attributes before the brace, which apply to all rows. */
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
  { columns, shared }: TableColumns,
  row: TableRow,
): Map<string, Argument> {
  const args = new Map(shared);
  for (const [index, { name, through }] of columns.entries()) {
    const cell = row.cells[index];
    if (cell?.value == null) continue;
    const value = through === "broken" ? UNKNOWN : evaluate(state, scope, throughHeader(through, cell.value));
    // A fault of the value is reported on the cell, also where a function stands between.
    args.set(name, { value, expression: cell.value, scope });
  }
  return args;
}

interface Column {
  readonly name: string;
  /** The function that every cell goes through; `"broken"` where there is no such function, which has been reported. */
  readonly through: Name | "broken" | null;
}

/** Reads a column. Reports once, not in each row, a function that does not take one cell. */
function readHeader(state: LoweringState, scope: Scope, { column, through }: HeaderCell): Column {
  const name = column.text;
  if (through === null) return { name, through };
  const parameters = parametersOf(scope, through.text);
  if (parameters === null) {
    // `check-names` has reported what is no name at all.
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

/** Applies the function of a column to a cell: in a column `ch(c)` the cell `16` is `ch(16)`. */
function throughHeader(through: Name | null, value: Expression): Expression {
  if (through === null) return value;
  return { kind: "call", callee: through, args: [{ name: null, value, span: value.span }], span: value.span };
}

function readRepeats(
  state: LoweringState,
  scope: Scope,
  { number, prefix }: { readonly number: number; readonly prefix: string },
  args: ReadonlyMap<string, Argument>,
): number | null {
  const n = args.get("n");
  if (n === undefined) return 1;
  if (n.value.kind === "number" && n.value.value === 0) {
    reportAtPlace(state, {
      code: "table/repeat",
      span: n.expression.span,
      scope,
      message: `Row ${number} repeats 0 times, so "${prefix}${number}" produces no layers.`,
      hint: "Set n to 1 or more, or delete the row.",
    });
    return null;
  }
  return readArgument(state, "n", n, whole(1, MAX_REPEAT));
}
