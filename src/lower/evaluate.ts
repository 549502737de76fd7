import type { BinaryExpression, CallExpression, Expression, UnaryExpression } from "../syntax/ast.ts";
import { didYouMean } from "../syntax/did-you-mean.ts";
import { reportAtExpression } from "./blame.ts";
import { functionNames, numberFunctions } from "./functions.ts";
import { innerDefaults } from "./defaults.ts";
import { lookupFunction, lookupValue, namesInSight, type FunctionBinding, type Scope } from "./scope.ts";
import type { LoweringState } from "./state.ts";
import { symbolNames, symbolsWithSettings } from "./symbols.ts";
import {
  booleanValue,
  describeKind,
  isUnknown,
  numberValue,
  sameValue,
  symbolValue,
  UNKNOWN,
  type Value,
} from "./value.ts";

/** How deep `let` functions may call one another. */
const MAX_CALL_DEPTH = 100;

/** The value of an expression; what is wrong with it is reported once, and the result is then `unknown`. */
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
      return evaluateCall(state, scope, expression);
    case "unary":
      return evaluateUnary(state, scope, expression);
    case "binary":
      return evaluateBinary(state, scope, expression);
    case "hole":
      return UNKNOWN;
  }
}

/** A condition's truth; null where it is in error. */
export function evaluateCondition(state: LoweringState, scope: Scope, expression: Expression): boolean | null {
  return asBoolean(state, scope, expression, evaluate(state, scope, expression));
}

function finite(state: LoweringState, scope: Scope, expression: Expression, value: number): Value {
  if (Number.isFinite(value)) return numberValue(value);
  reportAtExpression(
    state,
    "value/not-finite",
    expression,
    scope,
    `This comes to ${value}, which is no number to build with.`,
    "Look for a division by zero or a number past 1.8e308.",
  );
  return UNKNOWN;
}

function evaluateReference(state: LoweringState, scope: Scope, expression: Extract<Expression, { kind: "reference" }>): Value {
  const { name } = expression;
  const binding = lookupValue(scope, name);
  if (binding !== null) return binding.value;
  if (symbolNames.has(name)) return symbolValue(name);
  if (lookupFunction(scope, name) !== null || functionNames.has(name)) {
    reportAtExpression(state, "name/function-as-value", expression, scope, `"${name}" is a function, not a value.`, `Call it: "${name}(…)".`);
    return UNKNOWN;
  }
  const near = didYouMean(name, [...namesInSight(scope), ...symbolNames]);
  reportAtExpression(
    state,
    "name/unknown-value",
    expression,
    scope,
    `There is no value "${name}" here.`,
    near === null ? "Declare it above, in this body or as a parameter; a block does not see the network's values." : `Did you mean "${near}"?`,
  );
  return UNKNOWN;
}

function evaluateInputExtent(state: LoweringState, scope: Scope, expression: Extract<Expression, { kind: "input-extent" }>): Value {
  const { input } = scope;
  if (input === "unknown") return UNKNOWN;
  if (input === null) {
    reportAtExpression(
      state,
      "name/no-block-input",
      expression,
      scope,
      `"in.${expression.axis}" is the input of a block, and this is not in one.`,
      "Write the number, or move the statement into a block.",
    );
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
      reportAtExpression(
        state,
        "value/kind",
        expression,
        scope,
        `"${operator}" compares two values of one kind, and finds ${describeKind(left)} and ${describeKind(right)}.`,
        "Compare like with like.",
      );
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
      return finite(state, scope, expression, a / b);
    case "%":
      return finite(state, scope, expression, a % b);
  }
}

function evaluateCall(state: LoweringState, scope: Scope, expression: CallExpression): Value {
  const name = expression.callee.text;
  if (name === "") return UNKNOWN;
  const own = lookupFunction(scope, name);
  if (own !== null) {
    const values = positionalArguments(state, scope, expression);
    return values === null ? UNKNOWN : callFunction(state, scope, expression, own, values);
  }
  if (name === "select") return evaluateSelect(state, scope, expression);
  const builtin = numberFunctions.get(name);
  if (builtin !== undefined) return callBuiltin(state, scope, expression);
  if (symbolsWithSettings.has(name)) {
    return {
      kind: "symbol",
      name,
      args: expression.args.map((argument) => ({
        name: argument.name?.text ?? null,
        value: evaluate(state, scope, argument.value),
        expression: argument.value,
        scope,
      })),
    };
  }
  const near = didYouMean(name, [...functionNames, ...namesInSight(scope)]);
  reportAtExpression(
    state,
    "name/unknown-function",
    expression,
    scope,
    lookupValue(scope, name) === null && !symbolNames.has(name)
      ? `There is no function "${name}" here.`
      : `"${name}" is a value, not a function.`,
    near === null || near === name ? 'Declare it above: "let f(x) = …", or put a blank before the parenthesis.' : `Did you mean "${near}"?`,
  );
  return UNKNOWN;
}

function positionalArguments(state: LoweringState, scope: Scope, expression: CallExpression): readonly Value[] | null {
  const named = expression.args.find((argument) => argument.name !== null);
  const values = expression.args.map((argument) => evaluate(state, scope, argument.value));
  if (named?.name == null) return values;
  reportAtExpression(
    state,
    "call/named-argument",
    expression,
    scope,
    `"${expression.callee.text}" takes its arguments by position, and "${named.name.text}" is named.`,
    "Leave the name out.",
  );
  return null;
}

function wrongCount(state: LoweringState, scope: Scope, expression: CallExpression, wanted: string): Value {
  reportAtExpression(
    state,
    "call/argument-count",
    expression,
    scope,
    `"${expression.callee.text}" takes ${wanted}, and is given ${expression.args.length}.`,
    "Give each parameter one argument.",
  );
  return UNKNOWN;
}

function counted(count: number): string {
  return `${count} argument${count === 1 ? "" : "s"}`;
}

/** The body of a `let f(x) = …` sees its parameters and what its own scope saw. */
function callFunction(
  state: LoweringState,
  scope: Scope,
  call: CallExpression,
  { declaration, scope: defining }: FunctionBinding,
  values: readonly Value[],
): Value {
  const parameters = declaration.parameters ?? [];
  if (values.length !== parameters.length) return wrongCount(state, scope, call, counted(parameters.length));
  // A function that names itself is reported by `check-names`, as a name not yet declared.
  if (values.some(isUnknown) || state.openCalls.has(declaration)) return UNKNOWN;
  if (state.openCalls.size >= MAX_CALL_DEPTH) {
    reportAtExpression(
      state,
      "limit/call-depth",
      call,
      scope,
      `Functions call each other ${MAX_CALL_DEPTH} deep here.`,
      "Write the formula in fewer functions.",
    );
    return UNKNOWN;
  }
  const body: Scope = {
    ...defining,
    kind: "function",
    parent: defining,
    values: new Map(
      parameters.map((parameter, index) => {
        const argument = call.args[index]?.value.span ?? call.span;
        return [parameter.text, { value: values[index] ?? UNKNOWN, declared: parameter.span, origin: argument }];
      }),
    ),
    functions: new Map(),
    defaults: innerDefaults(null),
  };
  state.openCalls.add(declaration);
  const value = evaluate(state, body, declaration.value);
  state.openCalls.delete(declaration);
  return value;
}

function callBuiltin(state: LoweringState, scope: Scope, expression: CallExpression): Value {
  const builtin = numberFunctions.get(expression.callee.text);
  if (builtin === undefined) return UNKNOWN;
  const most = builtin.parameters.length;
  const least = most - builtin.optional;
  const slots: (number | null)[] = [];
  for (const [index, argument] of expression.args.entries()) {
    const name = argument.name?.text;
    const slot = name === undefined ? index : builtin.parameters.indexOf(name);
    const value = asNumber(state, scope, argument.value, evaluate(state, scope, argument.value));
    if (slot < 0) {
      reportAtExpression(
        state,
        "call/named-argument",
        argument.value,
        scope,
        `"${expression.callee.text}" has no parameter "${name ?? ""}".`,
        `Its parameters are ${builtin.parameters.join(", ")}.`,
      );
      return UNKNOWN;
    }
    slots[slot] = value;
  }
  const wanted = builtin.variadic ? `${least} or more arguments` : builtin.optional > 0 ? `${least} to ${most} arguments` : counted(most);
  if (slots.length < least || (!builtin.variadic && slots.length > most)) return wrongCount(state, scope, expression, wanted);
  for (let slot = 0; slot < slots.length; slot++) {
    if (slots[slot] === undefined) return wrongCount(state, scope, expression, wanted);
  }
  const numbers = slots.filter((value) => value !== null);
  return numbers.length < slots.length ? UNKNOWN : finite(state, scope, expression, builtin.apply(...numbers));
}

function evaluateSelect(state: LoweringState, scope: Scope, expression: CallExpression): Value {
  const [condition, whenTrue, whenFalse] = expression.args;
  if (condition === undefined || whenTrue === undefined || whenFalse === undefined || expression.args.length > 3) {
    return wrongCount(state, scope, expression, counted(3));
  }
  const truth = evaluateCondition(state, scope, condition.value);
  if (truth === null) return UNKNOWN;
  return evaluate(state, scope, truth ? whenTrue.value : whenFalse.value);
}

/** Null after reporting, or where the value is unknown. */
export function asNumber(state: LoweringState, scope: Scope, expression: Expression, value: Value): number | null {
  if (value.kind === "number") return value.value;
  if (!isUnknown(value)) {
    reportAtExpression(state, "value/kind", expression, scope, `A number is wanted here, and ${describeKind(value)} is found.`, "Give a number.");
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
