import type { BlockInstance, ResidualMode } from "../ir/graph.ts";
import type { CallStatement, Expression, TableRow, TableStatement } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import type { Argument } from "./values/argument.ts";
import { bindValue, literalSpan } from "./values/declare.ts";
import { innerDefaults } from "./values/defaults.ts";
import { evaluate } from "./values/evaluate.ts";
import { countedParameters } from "../language/functions.ts";
import { fileScope } from "./file-scope.ts";
import type { BlockEntry } from "../program/program.ts";
import { residualMode } from "./read-attribute.ts";
import { lookupValue, unknownFlow, type Flow, type Scope } from "./values/scope.ts";
import { reportError, type LoweringState } from "./state.ts";
import { chainStrides } from "./stride.ts";

/** Arguments of one row repeat: by parameter name, `first` ones left out after the first repeat. */
export interface RowUse {
  readonly args: ReadonlyMap<string, Argument>;
  /** Where a cell was left empty, by column. */
  readonly emptyCells: ReadonlyMap<string, Span>;
  readonly syntax: TableRow;
  /** Counted from 1. */
  readonly repeat: number;
}

export interface BlockUse {
  readonly block: BlockEntry;
  readonly statement: CallStatement | TableStatement;
  readonly path: string;
  readonly flow: Flow;
  /** For a row of a table, what its cells say; null for a plain statement. */
  readonly row: RowUse | null;
}

/** Instantiates a block: its parameters bound, its body lowered, its instance noted for the residual rule. */
export function useBlock(state: LoweringState, scope: Scope, use: BlockUse): Flow {
  const { block, flow, path } = use;
  const { declaration } = block;
  const place = use.row?.syntax.span ?? use.statement.span;
  const args = use.row?.args ?? statementArguments(state, scope, use);
  if (args === null) return unknownFlow();
  const index = state.blocks.length;
  const inner: Scope = {
    kind: "block",
    file: block.file,
    parent: fileScope(state, block.file),
    values: new Map(),
    functions: new Map(),
    path,
    labels: new Map(),
    counters: new Map(),
    defaults: innerDefaults(scope.defaults),
    input: flow.shape ?? "unknown",
    block: index,
    useSite: scope.useSite ?? place,
    blockName: declaration.name.text,
    declareNetworkItem: null,
  };
  const residual = readResidual(state, scope, inner, args, declaration.attributes[0]?.value ?? null);
  const instance: Omit<BlockInstance, "output" | "stride"> = {
    path,
    kind: declaration.name.text,
    parent: scope.block,
    input: flow.node,
    residual,
    decision: null,
    span: inner.useSite ?? place,
  };
  state.blocks.push({ ...instance, output: flow.node, stride: [1, 1] });
  const { statement, row } = use;
  state.trace.blocks[index] = { block, statement, row: row?.syntax ?? null, repeat: row?.repeat ?? 1, args, scope };
  if (!bindParameters(state, inner, use, args)) return unknownFlow();
  const after = state.lowerBody(state, inner, declaration.body, { ...flow, stride: [1, 1], block: null });
  state.blocks[index] = { ...instance, output: after.node, stride: after.stride };
  return { ...after, stride: chainStrides(flow.stride, after.stride), block: index };
}

/** A plain statement's arguments: positional ones from the left, then those by name. */
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
      `Block "${declaration.name.text}" takes ${parameters.length === 0 ? "no arguments" : countedParameters(parameters.length, parameters.length)}, and is given ${positional.length}.`,
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
    // Any other key is `check-names`' to report, and its value is then nobody's.
    if (key.text === "residual" || parameters.some(({ name }) => name.text === key.text)) give(key.text, value);
  }
  return args;
}

/** Defaults are evaluated in the block, after the parameters before them. */
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
      // What is wrong with the library's own defaults depends on how its block is used.
      const written = use.block.file.fromLibrary ? null : literalSpan(parameter.value);
      bindValue(state, inner, parameter.name, evaluate(state, inner, parameter.value), { written });
    } else {
      complete = false;
      const name = parameter.name.text;
      const emptyCell = use.row?.emptyCells.get(name);
      reportError(
        state,
        "call/argument-missing",
        emptyCell ?? (use.statement.kind === "table" ? use.statement.block : use.statement.callee).span,
        `Block "${declaration.name.text}" needs "${name}", and ${emptyCell === undefined ? "none is given" : "this cell is empty"}.`,
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

/** Where the value of a name that is handed on was written out. */
function handedOn({ expression, scope }: Argument): Span | null {
  return expression.kind === "reference" ? (lookupValue(scope, expression.name)?.written ?? null) : null;
}

/** The use's word, else the declaration's, else `never`. */
function readResidual(
  state: LoweringState,
  scope: Scope,
  inner: Scope,
  args: ReadonlyMap<string, Argument>,
  declared: Expression | null,
): ResidualMode {
  const given = args.get("residual");
  if (given !== undefined) return residualMode(state, "residual", given) ?? "never";
  if (declared === null) return "never";
  return (
    residualMode(state, "residual", { value: evaluate(state, inner, declared), expression: declared, scope }) ?? "never"
  );
}
