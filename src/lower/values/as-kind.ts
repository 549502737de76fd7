import type { Expression } from "../../syntax/ast.ts";
import { reportAtExpression } from "./blame.ts";
import type { Scope } from "./scope.ts";
import { reportError, type LoweringState } from "../state.ts";
import { describeKind, isUnknown, numberValue, UNKNOWN, type Value } from "./value.ts";

/** A number's value; what is infinite or not a number is reported, on the expression itself where `here`, and unknown. */
export function finite(state: LoweringState, scope: Scope, expression: Expression, value: number, here = false): Value {
  if (Number.isFinite(value)) return numberValue(value);
  const message = `This comes to ${value}, which is no number to build with.`;
  const hint = "Look for a division by zero or a number past 1.8e308.";
  if (here) reportError(state, "value/not-finite", expression.span, message, { hint });
  else reportAtExpression(state, "value/not-finite", expression, scope, message, hint);
  return UNKNOWN;
}

/** Null after reporting, or where the value is unknown. */
export function asNumber(state: LoweringState, scope: Scope, expression: Expression, value: Value): number | null {
  if (value.kind === "number") return value.value;
  if (!isUnknown(value)) {
    reportAtExpression(
      state,
      "value/kind",
      expression,
      scope,
      `A number is wanted here, and ${describeKind(value)} is found.`,
      value.kind === "boolean" ? 'Make one of it: "select(x, 1, 0)".' : "Give a number.",
    );
  }
  return null;
}

/** Null after reporting, or where the value is unknown. */
export function asBoolean(state: LoweringState, scope: Scope, expression: Expression, value: Value): boolean | null {
  if (value.kind === "boolean") return value.value;
  if (!isUnknown(value)) {
    reportAtExpression(
      state,
      "value/kind",
      expression,
      scope,
      `A condition is true or false, and ${describeKind(value)} is found.`,
      'Compare it with something: "x > 0".',
    );
  }
  return null;
}
