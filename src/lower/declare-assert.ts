import type { AssertDeclaration } from "../syntax/ast.ts";
import { extents } from "../language/kinds.ts";
import { readArgument } from "./arguments/read-argument.ts";
import type { LoweringState } from "./state.ts";
import { asNumber } from "./values/as-kind.ts";
import type { Scope } from "./environment.ts";
import { evaluate } from "./values/evaluate.ts";

/** Reads an assert. An assert of a shape is resolved later, when every path is known. */
export function declareAssert(state: LoweringState, scope: Scope, declaration: AssertDeclaration): void {
  const { subject, operator, bound, why, span } = declaration;
  const argument = { value: evaluate(state, scope, bound), expression: bound, scope };
  if (subject.kind === "shape") {
    const shape = readArgument(state, "assert shape", argument, extents([1, 3]));
    if (shape !== null) state.deferred.push({ kind: "shape-assert", declaration, operator, bound: shape });
    return;
  }
  const number = asNumber(state, scope, bound, argument.value);
  if (number !== null) state.asserts.push({ subject: subject.metric, operator, bound: number, why, span });
}
