import type { CallExpression, Expression } from "../syntax/ast.ts";
import { didYouMean } from "../syntax/did-you-mean.ts";
import { asBoolean, asNumber, finite } from "./as-kind.ts";
import { reportAtExpression } from "./blame.ts";
import { innerDefaults } from "./defaults.ts";
import { functionNames, numberFunctions } from "./functions.ts";
import { lookupFunction, lookupValue, namesInSight, type FunctionBinding, type Scope } from "./scope.ts";
import type { LoweringState } from "./state.ts";
import { symbolNames, symbolsWithSettings } from "./symbols.ts";
import { isUnknown, UNKNOWN, type Value } from "./value.ts";

/** How deep `let` functions may call one another. */
const MAX_CALL_DEPTH = 100;

/** Evaluates an argument: passed in, since expressions hold calls and calls hold expressions. */
type Evaluate = (state: LoweringState, scope: Scope, expression: Expression) => Value;

/** The value of a call: a `let` function, one of the language, or a symbol with settings. */
export function evaluateCall(
  state: LoweringState,
  scope: Scope,
  expression: CallExpression,
  evaluate: Evaluate,
): Value {
  const name = expression.callee.text;
  if (name === "") return UNKNOWN;
  const own = lookupFunction(scope, name);
  if (own !== null) {
    const values = positionalArguments(state, scope, expression, evaluate);
    return values === null ? UNKNOWN : callFunction(state, scope, expression, own, values, evaluate);
  }
  if (name === "select") return evaluateSelect(state, scope, expression, evaluate);
  const builtin = numberFunctions.get(name);
  if (builtin !== undefined) return callBuiltin(state, scope, expression, evaluate);
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
    near === null || near === name
      ? 'Declare it above: "let f(x) = …", or put a blank before the parenthesis.'
      : `Did you mean "${near}"?`,
  );
  return UNKNOWN;
}

function positionalArguments(
  state: LoweringState,
  scope: Scope,
  expression: CallExpression,
  evaluate: Evaluate,
): readonly Value[] | null {
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
  evaluate: Evaluate,
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

function callBuiltin(state: LoweringState, scope: Scope, expression: CallExpression, evaluate: Evaluate): Value {
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
  const wanted = builtin.variadic
    ? `${least} or more arguments`
    : builtin.optional > 0
      ? `${least} to ${most} arguments`
      : counted(most);
  if (slots.length < least || (!builtin.variadic && slots.length > most))
    return wrongCount(state, scope, expression, wanted);
  for (let slot = 0; slot < slots.length; slot++) {
    if (slots[slot] === undefined) return wrongCount(state, scope, expression, wanted);
  }
  const numbers = slots.filter((value) => value !== null);
  return numbers.length < slots.length ? UNKNOWN : finite(state, scope, expression, builtin.apply(...numbers));
}

function evaluateSelect(state: LoweringState, scope: Scope, expression: CallExpression, evaluate: Evaluate): Value {
  const [condition, whenTrue, whenFalse] = expression.args;
  if (condition === undefined || whenTrue === undefined || whenFalse === undefined || expression.args.length > 3) {
    return wrongCount(state, scope, expression, counted(3));
  }
  const truth = asBoolean(state, scope, condition.value, evaluate(state, scope, condition.value));
  if (truth === null) return UNKNOWN;
  return evaluate(state, scope, truth ? whenTrue.value : whenFalse.value);
}
