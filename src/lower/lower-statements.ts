import type { BranchPath, BranchStatement, CallStatement, Statement, TableStatement } from "../syntax/ast.ts";
import { signatureOf } from "../language/op-signatures.ts";
import { resolveBlock } from "../program/resolve-block.ts";
import { closeBlock, openBlock, type BlockUse } from "./block-instance.ts";
import { joinPaths, openPath } from "./branch-paths.ts";
import { countPiece } from "./count-piece.ts";
import { declareAssert } from "./declare-assert.ts";
import { declareInput } from "./declare-input.ts";
import { declareParam } from "./declare-param.ts";
import { bindBlockInput, bindBlockOutputs, blockInputs } from "./block-values.ts";
import { enteringValue, enteringValues } from "./earlier-value.ts";
import { checkExpectedShape } from "./expected-shape.ts";
import { lowerOp } from "./lower-op.ts";
import { bindPath, claimPath, joinPath, partName } from "./paths.ts";
import type { LoweringState } from "./state.ts";
import { argumentsOfRepeat, readRow, readTable } from "./table-rows.ts";
import { declareDefault, declareLet } from "./values/declare.ts";
import type { Flow, Scope } from "./environment.ts";
import { evaluateCondition } from "./values/evaluate.ts";
import { pathScope, unknownFlow } from "./values/scope.ts";

/** Lowers a body from a value onwards, and returns the body's last value. */
export function lowerStatements(
  state: LoweringState,
  scope: Scope,
  statements: readonly Statement[],
  flow: Flow,
): Flow {
  let current = flow;
  for (const statement of statements) {
    if (state.stopped) return current;
    current = lowerStatement(state, scope, statement, current);
  }
  return current;
}

function lowerStatement(state: LoweringState, scope: Scope, statement: Statement, flow: Flow): Flow {
  switch (statement.kind) {
    case "call-statement":
      return lowerCall(state, scope, statement, flow);
    case "table":
      return lowerTable(state, scope, statement, flow);
    case "branch":
      return lowerBranch(state, scope, statement, flow);
    case "if": {
      const truth = evaluateCondition(state, scope, statement.condition);
      // An unknown condition leaves open what follows, so nothing after it is judged by its shape.
      if (truth === null) return unknownFlow();
      return lowerStatements(state, scope, (truth ? statement.then : statement.otherwise) ?? [], flow);
    }
    case "let":
      declareLet(state, scope, statement);
      return flow;
    case "default":
      declareDefault(state, scope, statement);
      return flow;
    case "output":
    case "assert":
    case "param":
    case "input":
      if (inNetwork(scope)) return declareNetworkItem(state, scope, statement, flow);
      if (statement.kind === "input") bindBlockInput(state, scope, statement);
      else if (statement.kind === "output") scope.outputs.push(statement);
      return flow;
  }
}

/** True in a network. In a block the parser has already reported declarations that only a network may have. */
function inNetwork({ useSite }: Scope): boolean {
  return useSite === null;
}

function declareNetworkItem(
  state: LoweringState,
  scope: Scope,
  item: Extract<Statement, { kind: "output" | "assert" | "param" | "input" }>,
  flow: Flow,
): Flow {
  switch (item.kind) {
    case "output":
      state.deferred.push({ kind: "output", declaration: item });
      return flow;
    case "assert":
      declareAssert(state, scope, item);
      return flow;
    case "param":
      declareParam(state, scope, item);
      return flow;
    case "input":
      return declareInput(state, scope, item, flow);
  }
}

function lowerCall(state: LoweringState, scope: Scope, statement: CallStatement, flow: Flow): Flow {
  const name = statement.callee.text;
  const block = resolveBlock(scope.file, name);
  if (signatureOf(name) === null && block === null) return unknownFlow();
  if (!countPiece(state, scope, statement.span)) return flow;
  const part = partName(scope, statement.label, name);
  const path = joinPath(scope.path, part);
  if (!claimPath(state, scope, path, (statement.label ?? statement.callee).span)) return unknownFlow();
  const after =
    block === null
      ? lowerOp(state, scope, statement, path, enteringValue(state, scope, statement.from, flow))
      : lowerBlockCall(state, scope, { block, statement, path, flow });
  bindPath(state, scope, part, path, after);
  checkExpectedShape(state, scope, statement.expectedShape, after.shape);
  return after;
}

function lowerBlockCall(state: LoweringState, scope: Scope, use: Omit<BlockUse, "row" | "entering">): Flow {
  const inputs = blockInputs(use.block.declaration);
  const entering = enteringValues(state, scope, { statement: use.statement, inputs }, use.flow);
  return entering === null
    ? unknownFlow()
    : lowerBlock(state, scope, { ...use, flow: entering[0], entering, row: null });
}

function lowerBlock(state: LoweringState, scope: Scope, use: BlockUse): Flow {
  const instance = openBlock(state, scope, use);
  if (instance === null) return unknownFlow();
  const start: Flow = { ...use.flow, stride: [1, 1], block: null };
  const end = lowerStatements(state, instance.scope, use.block.declaration.body, start);
  const closed = closeBlock(state, instance, use.flow, end);
  bindBlockOutputs(state, instance.scope, instance.scope.outputs);
  return closed;
}

/** Lowers one block instance for each row and repeat. */
function lowerTable(state: LoweringState, scope: Scope, table: TableStatement, flow: Flow): Flow {
  const block = resolveBlock(scope.file, table.block.text);
  if (block === null) return unknownFlow();
  const columns = readTable(state, scope, table);
  const entering = enteringValues(state, scope, { statement: table, inputs: blockInputs(block.declaration) }, flow);
  let current = entering?.length === 1 ? entering[0] : unknownFlow();
  for (const syntax of table.rows) {
    const row = readRow(state, scope, columns, syntax);
    if (row.repeats === null) current = unknownFlow();
    for (let repeat = 1; repeat <= (row.repeats ?? 1); repeat++) {
      if (!countPiece(state, scope, syntax.span)) return current;
      const part = `${row.name}_${repeat}`;
      const path = joinPath(scope.path, part);
      if (!claimPath(state, scope, path, syntax.span)) return unknownFlow();
      const args = argumentsOfRepeat(block, row.args, repeat);
      current = lowerBlock(state, scope, {
        block,
        statement: table,
        path,
        flow: current,
        entering: [current],
        row: { args, emptyCells: row.emptyCells, syntax, repeat },
      });
      bindPath(state, scope, part, path, current);
    }
  }
  return current;
}

function lowerBranch(state: LoweringState, scope: Scope, statement: BranchStatement, flow: Flow): Flow {
  if (!countPiece(state, scope, statement.span)) return flow;
  const part = partName(scope, statement.label, "branch");
  const path = joinPath(scope.path, part);
  if (!claimPath(state, scope, path, (statement.label ?? statement.join).span)) return unknownFlow();
  const branch = pathScope(scope, path);
  const start = enteringValue(state, scope, statement.from, flow);
  const ends = statement.paths.map((branchPath) => lowerPath(state, branch, branchPath, start));
  const after = statement.join.text === "none" ? start : joinPaths(state, branch, statement, ends);
  bindPath(state, scope, part, path, after);
  checkExpectedShape(state, scope, statement.expectedShape, after.shape);
  return after;
}

function lowerPath(state: LoweringState, branch: Scope, path: BranchPath, flow: Flow): Flow {
  if (!countPiece(state, branch, path.span)) return flow;
  const opened = openPath(state, branch, path, flow);
  if (opened === null) return unknownFlow();
  const end = lowerStatements(state, opened.scope, path.body, opened.start);
  bindPath(state, branch, opened.part, opened.scope.path, end);
  return end;
}
