import type { Graph, Normalization } from "../ir/graph.ts";
import type { Shape } from "../ir/shape.ts";
import type { InputDeclaration } from "../syntax/ast.ts";
import { elementOf, type Argument } from "./values/argument.ts";
import { reportAtExpression } from "./values/blame.ts";
import { evaluate } from "./values/evaluate.ts";
import { claimPath } from "./paths.ts";
import { pushNode } from "./push-node.ts";
import { extents, realNumber, type Reader } from "./read-attribute.ts";
import type { Flow, Scope } from "./values/scope.ts";
import type { LoweringState } from "./state.ts";
import { counted } from "../text/counted.ts";

/** The network's input node, with its pixel normalisation; null where it is in error. */
export function declareInput(
  state: LoweringState,
  scope: Scope,
  declaration: InputDeclaration,
): { input: Graph["input"]; flow: Flow } | null {
  const { name } = declaration;
  const shape = extents([3])(state, "input", {
    value: evaluate(state, scope, declaration.shape),
    expression: declaration.shape,
    scope,
  });
  if (shape === null || !claimPath(state, scope, name.text, name.span)) return null;
  const [h = 1, w = 1, c = 1] = shape;
  const { id } = pushNode(state, scope, {
    op: { op: "input", extents: [h, w, c] },
    path: name.text,
    layer: name.text,
    inputs: [],
    span: declaration.span,
  });
  const flow: Flow = { node: id, shape, stride: [1, 1], block: null };
  scope.labels.set(name.text, flow);
  const claimed = state.paths.get(name.text);
  if (claimed !== undefined) claimed.flow = flow;
  return {
    input: { name: name.text, shape, normalization: readNormalization(state, scope, declaration, shape) },
    flow,
  };
}

/** One number for all channels, or a list of one a channel. */
function perChannel(channels: number, accepts: (value: number) => boolean, wanted: string): Reader<readonly number[]> {
  return (state, key, argument) => {
    const { value, expression, scope } = argument;
    const number = realNumber(wanted, accepts);
    if (value.kind !== "list") {
      const one = number(state, key, argument);
      return one === null ? null : Array.from({ length: channels }, () => one);
    }
    const { elements } = value;
    if (elements.length !== channels) {
      reportAtExpression(
        state,
        "attribute/value",
        expression,
        scope,
        `"${key}" lists ${counted(elements.length, "number")}, and the input has ${channels} channels.`,
        "Give one number for all channels, or one for each.",
      );
      return null;
    }
    const read = elements.map((element, index) => number(state, key, elementOf(argument, index, element)));
    return read.some((one) => one === null) ? null : (read as number[]);
  };
}

function readNormalization(
  state: LoweringState,
  scope: Scope,
  declaration: InputDeclaration,
  shape: Shape,
): Normalization | null {
  const channels = shape.at(-1) ?? 1;
  const given = new Map<string, Argument>();
  for (const { key, value } of declaration.attributes)
    given.set(key.text, { value: evaluate(state, scope, value), expression: value, scope });
  const mean = given.get("mean");
  const std = given.get("std");
  if (mean === undefined && std === undefined) return null;
  const fill = (value: number) => Array.from({ length: channels }, () => value);
  return {
    mean: mean === undefined ? fill(0) : (perChannel(channels, () => true, "a number")(state, "mean", mean) ?? fill(0)),
    std:
      std === undefined
        ? fill(1)
        : (perChannel(channels, (value) => value > 0, "a number above 0")(state, "std", std) ?? fill(1)),
  };
}
