import type { Scope, Value } from "../environment.ts";
import { rewriteFix } from "../../diagnostics/rewrite-fix.ts";
import type { BinaryExpression, Expression, UnaryExpression } from "../../syntax/ast.ts";
import { didYouMean } from "../../text/did-you-mean.ts";
import { asBoolean, asNumber, finite } from "./as-kind.ts";
import { reportAtExpression } from "./blame.ts";
import { evaluateCall } from "./evaluate-call.ts";
import { functionNames } from "../../language/functions.ts";
import { lookupFunction, lookupValue, namesInSight } from "./scope.ts";
import type { LoweringState } from "../state.ts";
import { symbolNames } from "../../language/symbols.ts";
import { booleanValue, describeFound, isUnknown, numberValue, sameValue, symbolValue, UNKNOWN } from "./value.ts";

/** Returns the value of an expression. A fault is reported once, and the value is then `unknown`. */
export function evaluate(state: LoweringState, scope: Scope, expression: Expression): Value {
  switch (expression.kind) {
    case "number":
      return finite(state, scope, expression, expression.value);
    case "boolean":
      return booleanValue(expression.value);
    case "string":
      return { kind: "string", value: expression.value };
    case "dims":
      return { kind: "list", elements: expression.values.map(numberValue) };
    case "list":
      return { kind: "list", elements: expression.elements.map((element) => evaluate(state, scope, element)) };
    case "reference":
      return evaluateReference(state, scope, expression);
    case "input-extent":
      return evaluateInputExtent(state, scope, expression);
    case "call":
      return evaluateCall(state, scope, expression, evaluate);
    case "unary":
      return evaluateUnary(state, scope, expression);
    case "binary":
      return evaluateBinary(state, scope, expression);
    case "hole":
      return UNKNOWN;
  }
}

/** Evaluates a condition. Returns null if it is in error. */
export function evaluateCondition(state: LoweringState, scope: Scope, expression: Expression): boolean | null {
  return asBoolean(state, scope, expression, evaluate(state, scope, expression));
}

function evaluateReference(
  state: LoweringState,
  scope: Scope,
  expression: Extract<Expression, { kind: "reference" }>,
): Value {
  const { name } = expression;
  const binding = lookupValue(scope, name);
  if (binding !== null) return binding.value;
  if (symbolNames.has(name)) return symbolValue(name);
  if (lookupFunction(scope, name) !== null || functionNames.has(name)) {
    reportAtExpression(state, {
      code: "name/function-as-value",
      expression,
      scope,
      message: `"${name}" is a function, not a value.`,
      hint: `Call it: "${name}(…)".`,
    });
    return UNKNOWN;
  }
  const near = didYouMean(name, [...namesInSight(scope), ...symbolNames]);
  reportAtExpression(state, {
    code: "name/unknown-value",
    expression,
    scope,
    message: `There is no value "${name}" here.`,
    hint:
      near === null
        ? "Declare it above, in this body or as a parameter; a block does not see the network's values."
        : `Did you mean "${near}"?`,
    ...rewriteFix(expression.span, near),
  });
  return UNKNOWN;
}

function evaluateInputExtent(
  state: LoweringState,
  scope: Scope,
  expression: Extract<Expression, { kind: "input-extent" }>,
): Value {
  const { input } = scope;
  if (input === "unknown") return UNKNOWN;
  if (input === null) {
    reportAtExpression(state, {
      code: "name/no-block-input",
      expression,
      scope,
      message: `"in.${expression.axis}" is the input of a block, and this is not in one.`,
      hint: "Write the number, or move the statement into a block.",
    });
    return UNKNOWN;
  }
  const [h = 1, w = 1, c = 1] = input.length === 3 ? input : [1, 1, ...input];
  return numberValue({ h, w, c }[expression.axis]);
}

function evaluateUnary(state: LoweringState, scope: Scope, expression: UnaryExpression): Value {
  const operand = evaluate(state, scope, expression.operand);
  if (expression.operator === "not") {
    const truth = asBoolean(state, scope, expression.operand, operand);
    return truth === null ? UNKNOWN : booleanValue(!truth);
  }
  const number = asNumber(state, scope, expression.operand, operand);
  return number === null ? UNKNOWN : numberValue(-number);
}

function evaluateBinary(state: LoweringState, scope: Scope, expression: BinaryExpression): Value {
  const { operator } = expression;
  if (operator === "and" || operator === "or") {
    const left = asBoolean(state, scope, expression.left, evaluate(state, scope, expression.left));
    if (left === null) return UNKNOWN;
    if (left === (operator === "or")) return booleanValue(left);
    const right = asBoolean(state, scope, expression.right, evaluate(state, scope, expression.right));
    return right === null ? UNKNOWN : booleanValue(right);
  }
  const left = evaluate(state, scope, expression.left);
  const right = evaluate(state, scope, expression.right);
  if (isUnknown(left) || isUnknown(right)) return UNKNOWN;
  if (operator === "==" || operator === "!=") {
    if (left.kind !== right.kind) {
      reportAtExpression(state, {
        code: "value/kind",
        expression,
        scope,
        message: `Expected two values of one kind around "${operator}", found ${describeFound(left)} and ${describeFound(right)}.`,
        hint: "Compare like with like.",
      });
      return UNKNOWN;
    }
    return booleanValue(sameValue(left, right) === (operator === "=="));
  }
  const a = asNumber(state, scope, expression.left, left);
  const b = asNumber(state, scope, expression.right, right);
  if (a === null || b === null) return UNKNOWN;
  switch (operator) {
    case "<":
      return booleanValue(a < b);
    case "<=":
      return booleanValue(a <= b);
    case ">":
      return booleanValue(a > b);
    case ">=":
      return booleanValue(a >= b);
    case "+":
      return finite(state, scope, expression, a + b);
    case "-":
      return finite(state, scope, expression, a - b);
    case "*":
      return finite(state, scope, expression, a * b);
    case "/":
      return finite(state, scope, expression, a / b, dividesByZero(expression));
    case "%":
      return finite(state, scope, expression, a % b, dividesByZero(expression));
  }
}

/** True if the divisor is a zero that is written out. It is then wrong in every use of the block. */
function dividesByZero({ right }: BinaryExpression): boolean {
  return right.kind === "number" && right.value === 0;
}
