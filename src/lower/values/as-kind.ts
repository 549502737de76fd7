import type { Expression } from "../../syntax/ast.ts";
import { reportAtExpression } from "./blame.ts";
import type { Scope, Value } from "../environment.ts";
import { reportError, type LoweringState } from "../state.ts";
import { describeFound, isUnknown, numberValue, UNKNOWN } from "./value.ts";

/**
 * Makes a value of a number. Reports a number that is infinite or NaN and returns unknown. With `here` the report stands on
 * the expression itself.
 */
export function finite(state: LoweringState, scope: Scope, expression: Expression, value: number, here = false): Value {
  if (Number.isFinite(value)) return numberValue(value);
  const code = "value/not-finite";
  const message = `Expected a finite number, found ${value}.`;
  const hint = "Look for a division by zero or a number past 1.8e308.";
  if (here) reportError(state, code, expression.span, message, { hint });
  else reportAtExpression(state, { code, expression, scope, message, hint });
  return UNKNOWN;
}

/** Returns the number that a value is. Reports any other kind of value, and returns null for it and for an unknown value. */
export function asNumber(state: LoweringState, scope: Scope, expression: Expression, value: Value): number | null {
  if (value.kind === "number") return value.value;
  if (!isUnknown(value)) {
    reportAtExpression(state, {
      code: "value/kind",
      expression,
      scope,
      message: `Expected a number, found ${describeFound(value)}.`,
      hint: value.kind === "boolean" ? 'Turn it into a number: "select(x, 1, 0)".' : "Give a number.",
    });
  }
  return null;
}

/** Returns the boolean that a value is. Reports any other kind of value, and returns null for it and for an unknown value. */
export function asBoolean(state: LoweringState, scope: Scope, expression: Expression, value: Value): boolean | null {
  if (value.kind === "boolean") return value.value;
  if (!isUnknown(value)) {
    reportAtExpression(state, {
      code: "value/kind",
      expression,
      scope,
      message: `Expected true or false, found ${describeFound(value)}.`,
      hint: 'Compare it with something: "x > 0".',
    });
  }
  return null;
}
