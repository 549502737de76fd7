import type { CallStatement } from "../syntax/ast.ts";
import type { LanguageOp } from "../language/ops.ts";
import { layerArguments } from "./layer-arguments.ts";
import { lowerLayer } from "./lower-layer.ts";
import { pushNode } from "./push-node.ts";
import type { LoweringState } from "./state.ts";
import { strideAfter } from "./stride.ts";
import type { Flow, Scope } from "./environment.ts";
import { unknownFlow } from "./values/scope.ts";

/** Lowers the statement of an op: appends its nodes, and returns the value of the last. */
export function lowerOp(state: LoweringState, scope: Scope, statement: CallStatement, path: string, flow: Flow): Flow {
  const op = statement.callee.text as LanguageOp;
  const args = layerArguments(state, scope, statement);
  const parts = args === null ? null : lowerLayer(state, op, args);
  if (args === null || parts === null) return unknownFlow();
  state.trace.layers.set(path, { statement, args, scope });
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
    stride = strideAfter(part.op, stride, shape);
  }
  return { node, shape, stride, block: null };
}
