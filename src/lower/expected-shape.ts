import { formatShape, sameShape, type Shape } from "../ir/shape.ts";
import type { Expression } from "../syntax/ast.ts";
import { reportAtExpression } from "./values/blame.ts";
import { evaluate } from "./values/evaluate.ts";
import { extents } from "../language/kinds.ts";
import { readArgument } from "./arguments/read-argument.ts";
import type { Scope } from "./environment.ts";
import type { LoweringState } from "./state.ts";

/** Compares `-> HxWxC` with the shape that came out. Reports a difference; an unknown shape has none. */
export function checkExpectedShape(
  state: LoweringState,
  scope: Scope,
  expected: Expression | null,
  shape: Shape | null,
): void {
  if (expected === null) return;
  const argument = { value: evaluate(state, scope, expected), expression: expected, scope };
  const stated = readArgument(state, "->", argument, extents([1, 3]));
  if (stated === null || shape === null || sameShape(stated, shape)) return;
  reportAtExpression(state, {
    code: "shape/mismatch",
    expression: expected,
    scope,
    message: `The output is ${describeShape(shape)}, and ${describeShape(stated)} is stated.`,
    hint:
      shape.length === stated.length
        ? "Correct the shape, or the stride and filters that lead to it."
        : 'Correct the shape, or put "flatten" where the map becomes a vector.',
  });
}

function describeShape(shape: Shape): string {
  return shape.length === 1 ? `a vector of ${formatShape(shape)}` : formatShape(shape);
}
