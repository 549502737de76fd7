import type { BranchStatement, CallStatement, Statement } from "../syntax/ast.ts";
import { evaluateCondition } from "./values/evaluate.ts";
import { declareDefault, declareLet } from "./values/declare.ts";
import { checkExpectedShape } from "./expected-shape.ts";
import { layerArguments } from "./layer-arguments.ts";
import { lowerLayer } from "./lower-layer.ts";
import { useBlock } from "./use-block.ts";
import { lowerBranch } from "./lower-branch.ts";
import { lowerTable } from "./lower-table.ts";
import { signatureOf, type LanguageOp } from "../language/op-signatures.ts";
import { countPiece } from "./count-piece.ts";
import { bindPath, claimPath, joinPath, partName } from "./paths.ts";
import { resolveBlock } from "../program/program.ts";
import { pushNode } from "./push-node.ts";
import { unknownFlow, type Flow, type Scope } from "./values/scope.ts";
import type { LoweringState } from "./state.ts";
import { strideAfter } from "./stride.ts";

/** Lowers a body from a value onwards; the result is the body's last value. */
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
      return lowerBranchStatement(state, scope, statement, flow);
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
      // Of the network alone; `lower-network` declares them, and the parser has refused them elsewhere.
      return scope.declareNetworkItem?.(statement, flow) ?? flow;
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
      ? lowerOp(state, scope, statement, path, flow)
      : useBlock(state, scope, { block, statement, path, flow, row: null });
  bindPath(state, scope, part, path, after);
  checkExpectedShape(state, scope, statement.expectedShape, after.shape);
  return after;
}

function lowerOp(state: LoweringState, scope: Scope, statement: CallStatement, path: string, flow: Flow): Flow {
  const op = statement.callee.text as LanguageOp;
  const args = layerArguments(state, scope, statement);
  const parts = args === null ? null : lowerLayer(state, op, args);
  if (parts === null) return unknownFlow();
  if (args !== null) state.trace.layers.set(path, { statement, args, scope });
  let { node, shape, stride } = flow;
  for (const part of parts) {
    const pushed = pushNode(state, scope, {
      op: part.op,
      path: part.suffix === "" ? path : `${path}/${part.suffix}`,
      layer: path,
      inputs: [node],
      span: statement.span,
    });
    node = pushed.id;
    shape = pushed.shape;
    stride = strideAfter(part.op, stride);
  }
  return { node, shape, stride, block: null };
}

function lowerBranchStatement(state: LoweringState, scope: Scope, statement: BranchStatement, flow: Flow): Flow {
  if (!countPiece(state, scope, statement.span)) return flow;
  const part = partName(scope, statement.label, "branch");
  const path = joinPath(scope.path, part);
  if (!claimPath(state, scope, path, (statement.label ?? statement.join).span)) return unknownFlow();
  state.trace.branches.set(path, statement);
  const after = lowerBranch(state, scope, statement, path, flow);
  bindPath(state, scope, part, path, after);
  checkExpectedShape(state, scope, statement.expectedShape, after.shape);
  return after;
}
