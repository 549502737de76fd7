import type { Normalization } from "../ir/graph.ts";
import type { Shape } from "../ir/shape.ts";
import type { InputDeclaration } from "../syntax/ast.ts";
import type { ArgumentKind, NumberKind } from "../language/argument.ts";
import { anyNumber, extents, positive } from "../language/kinds.ts";
import { readArgument } from "./arguments/read-argument.ts";
import { claimPath } from "./paths.ts";
import { pushNode } from "./push-node.ts";
import { reportError, type LoweringState } from "./state.ts";
import type { Flow, Scope } from "./environment.ts";
import { evaluate } from "./values/evaluate.ts";
import { unknownFlow } from "./values/scope.ts";

/** Declares the network's input and returns its value. Reports a second input and returns `flow` for it. */
export function declareInput(state: LoweringState, scope: Scope, declaration: InputDeclaration, flow: Flow): Flow {
  const { name, span } = declaration;
  if (state.input !== null) {
    const message = `A network has one input, and "${name.text}" is a second.`;
    reportError(state, "network/second-input", span, message, {
      hint: "Delete one of them.",
      related: [{ message: "the first one", span: state.input.span }],
    });
    return flow;
  }
  state.input = { span, declared: null };
  const stated = declaration.shape;
  if (stated === null) return unknownFlow();
  const argument = { value: evaluate(state, scope, stated), expression: stated, scope };
  const shape = readArgument(state, "input", argument, extents([1, 3]));
  if (shape === null || !claimPath(state, scope, name.text, name.span)) return unknownFlow();
  const normalization = readNormalization(state, scope, declaration, shape);
  state.input = { span, declared: { name: name.text, shape, normalization } };
  return pushInput(state, scope, declaration, shape);
}

function pushInput(state: LoweringState, scope: Scope, { name, span }: InputDeclaration, shape: Shape): Flow {
  const [h = 1, w, c] = shape;
  const { id } = pushNode(state, scope, {
    op: { op: "input", extents: w === undefined || c === undefined ? [h] : [h, w, c] },
    path: name.text,
    layer: name.text,
    inputs: [],
    span,
  });
  const flow: Flow = { node: id, shape, stride: [1, 1], block: null };
  scope.labels.set(name.text, flow);
  const claimed = state.paths.get(name.text);
  if (claimed !== undefined) claimed.flow = flow;
  return flow;
}

/** Reads `mean` and `std`. Returns null if neither is given. */
function readNormalization(
  state: LoweringState,
  scope: Scope,
  declaration: InputDeclaration,
  shape: Shape,
): Normalization | null {
  const channels = shape.at(-1) ?? 1;
  const read = (key: string, each: NumberKind, usual: number): readonly number[] => {
    const expression = declaration.attributes.findLast((attribute) => attribute.key.text === key)?.value;
    const kind = { kind: "per-channel", channels, each } as const satisfies ArgumentKind;
    const given =
      expression === undefined
        ? null
        : readArgument(state, key, { value: evaluate(state, scope, expression), expression, scope }, kind);
    return given ?? Array.from({ length: channels }, () => usual);
  };
  const given = declaration.attributes.some(({ key }) => key.text === "mean" || key.text === "std");
  return given ? { mean: read("mean", anyNumber, 0), std: read("std", positive, 1) } : null;
}
