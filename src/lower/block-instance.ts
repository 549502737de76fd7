import { takenParameters } from "../language/taken-parameters.ts";
import type { ResidualMode } from "../ir/graph.ts";
import type { CallStatement, Expression, TableRow, TableStatement } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import type { Argument, Flow, Scope } from "./environment.ts";
import { bindValue, literalSpan } from "./values/declare.ts";
import { innerDefaults } from "./values/defaults.ts";
import { evaluate } from "./values/evaluate.ts";
import { countedParameters } from "../language/functions.ts";
import { fileScope } from "./file-scope.ts";
import type { BlockEntry } from "../program/program.ts";
import { oneOf } from "../language/kinds.ts";
import { residualModes } from "../language/words/residual-modes.ts";
import { readArgument } from "./arguments/read-argument.ts";
import { lookupValue, newScope } from "./values/scope.ts";
import { reportError, type LoweringState } from "./state.ts";
import { chainStrides, sharedStride } from "./stride.ts";

/** One repeat of a table's row. Its arguments go by parameter name, and those of `first` columns are only in the first repeat. */
export interface RowUse {
  readonly args: ReadonlyMap<string, Argument>;
  /** The places of the empty cells, by column. */
  readonly emptyCells: ReadonlyMap<string, Span>;
  readonly syntax: TableRow;
  /** Counted from 1. */
  readonly repeat: number;
}

/** A statement or a row that uses a block, and the value that enters it. */
export interface BlockUse {
  readonly block: BlockEntry;
  readonly statement: CallStatement | TableStatement;
  readonly path: string;
  readonly flow: Flow;
  /** The values that enter the block, in the order of its inputs. The first is `flow`. */
  readonly entering: readonly Flow[];
  /** What the cells of a table's row say; null for a plain statement. */
  readonly row: RowUse | null;
}

/** A block instance while its body is lowered. */
export interface OpenBlock {
  /** The scope of its body. */
  readonly scope: Scope;
  readonly index: number;
}

/** Binds a block's parameters and records its instance. Returns null if its arguments are in error. */
export function openBlock(state: LoweringState, scope: Scope, use: BlockUse): OpenBlock | null {
  const { block, flow, path, statement, row } = use;
  const { declaration } = block;
  const useSite = scope.useSite ?? (row?.syntax ?? statement).span;
  const args = row?.args ?? statementArguments(state, scope, use);
  if (args === null) return null;
  const index = state.blocks.length;
  const inner = newScope(
    "block",
    { file: block.file, parent: fileScope(state, block.file) },
    {
      path,
      defaults: innerDefaults(scope.defaults),
      input: flow.shape ?? "unknown",
      entering: use.entering.map((value) => fromInput(value, flow)),
      block: index,
      useSite,
      blockName: declaration.name.text,
    },
  );
  const residual = readResidual(state, scope, inner, args, declaration.attributes[0]?.value ?? null);
  state.blocks.push({
    path,
    kind: declaration.name.text,
    parent: scope.block,
    input: flow.node,
    residual,
    decision: null,
    span: useSite,
    output: flow.node,
    stride: [1, 1],
  });
  state.entered.set(path, { index, stride: flow.stride });
  state.trace.blocks[index] = { block, statement, row: row?.syntax ?? null, repeat: row?.repeat ?? 1, args, scope };
  return bindParameters(state, inner, use, args) ? { scope: inner, index } : null;
}

/**
 * Returns a value that enters a block as its body sees it. The stride of the first input is 1, and so is that of others that have come down
 * as far; any other has none.
 */
function fromInput(value: Flow, first: Flow): Flow {
  return {
    ...value,
    stride: sharedStride([first.stride, value.stride]) === null && value !== first ? null : [1, 1],
    block: null,
  };
}

/** Records the value that a block's body ends with, and returns the value of the block. `flow` is the value that enters the block. */
export function closeBlock(state: LoweringState, { index }: OpenBlock, flow: Flow, end: Flow): Flow {
  const instance = state.blocks[index];
  if (instance !== undefined) state.blocks[index] = { ...instance, output: end.node, stride: end.stride };
  return { ...end, stride: chainStrides(flow.stride, end.stride), block: index };
}

/** Returns the arguments of a plain statement, first those by position, then those by name. Reports a fault and returns null if there are more than the block takes. */
function statementArguments(state: LoweringState, scope: Scope, use: BlockUse): ReadonlyMap<string, Argument> | null {
  const { declaration } = use.block;
  const { attributes } = use.statement;
  const positional = use.statement.kind === "table" ? [] : use.statement.positional;
  const { parameters } = declaration;
  const extra = positional[parameters.length];
  if (extra !== undefined) {
    const names = parameters.map((parameter) => parameter.name.text).join(", ");
    reportError(
      state,
      "call/argument-count",
      extra.span,
      `Block "${declaration.name.text}" takes ${parameters.length === 0 ? "no arguments" : countedParameters(parameters.length, parameters.length)}, but is given ${positional.length}.`,
      {
        hint: names === "" ? "Leave it out." : `Give ${names}, in this order or by name.`,
        related: [{ message: "declared here", span: declaration.name.span }],
      },
    );
    return null;
  }
  const args = new Map<string, Argument>();
  const give = (key: string, expression: Expression) => {
    if (args.has(key)) {
      reportError(state, "call/argument-twice", expression.span, `"${key}" is given by position and by name.`, {
        hint: "Give it once.",
      });
      return;
    }
    args.set(key, { value: evaluate(state, scope, expression), expression, scope });
  };
  for (const [index, expression] of positional.entries()) {
    const parameter = parameters[index];
    if (parameter !== undefined) give(parameter.name.text, expression);
  }
  for (const { key, value } of attributes) {
    // `check-names` reports any other key.
    if (key.text === "residual" || parameters.some(({ name }) => name.text === key.text)) give(key.text, value);
  }
  return args;
}

/** Binds arguments and defaults to a block's parameters in order. A default sees the parameters before it. Returns false if an argument is missing. */
function bindParameters(
  state: LoweringState,
  inner: Scope,
  use: BlockUse,
  args: ReadonlyMap<string, Argument>,
): boolean {
  const { declaration } = use.block;
  let complete = true;
  for (const parameter of declaration.parameters) {
    const argument = args.get(parameter.name.text);
    if (argument !== undefined) {
      bindValue(state, inner, parameter.name, argument.value, {
        origin: argument.expression.span,
        written: handedOn(argument),
      });
    } else if (parameter.value !== null) {
      // A fault in the library's own defaults depends on how its block is used.
      const written = use.block.file.fromLibrary ? null : literalSpan(parameter.value);
      bindValue(state, inner, parameter.name, evaluate(state, inner, parameter.value), { written });
    } else {
      complete = false;
      const name = parameter.name.text;
      // `check-names` has refused the parameter itself.
      if (takenParameters.has(name)) continue;
      const emptyCell = use.row?.emptyCells.get(name);
      reportError(
        state,
        "call/argument-missing",
        emptyCell ?? (use.statement.kind === "table" ? use.statement.block : use.statement.callee).span,
        `Block "${declaration.name.text}" needs "${name}", but ${emptyCell === undefined ? "none is given" : "this cell is empty"}.`,
        {
          hint:
            emptyCell !== undefined
              ? `Fill the cell: "${name}" has no default.`
              : use.row === null
                ? `Add "${name}=…".`
                : `Add a column "${name}", or "${name}=…" before the brace.`,
          related: [{ message: "declared here", span: parameter.span }],
        },
      );
    }
  }
  return complete;
}

/** Returns the place of the literal that gives a name its value, if the argument is a name; otherwise null. */
function handedOn({ expression, scope }: Argument): Span | null {
  return expression.kind === "reference" ? (lookupValue(scope, expression.name)?.written ?? null) : null;
}

const residualMode = oneOf(residualModes);

/** Returns the residual mode of the statement that uses the block, or that of its declaration, or `never`. */
function readResidual(
  state: LoweringState,
  scope: Scope,
  inner: Scope,
  args: ReadonlyMap<string, Argument>,
  declared: Expression | null,
): ResidualMode {
  const given =
    args.get("residual") ??
    (declared === null ? null : { value: evaluate(state, inner, declared), expression: declared, scope });
  return (given === null ? null : readArgument(state, "residual", given, residualMode)) ?? "never";
}
