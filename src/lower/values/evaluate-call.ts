import type { Binding, FunctionBinding, Scope, Value } from "../environment.ts";
import { rewriteFix } from "../../diagnostics/rewrite-fix.ts";
import type { CallExpression, Expression, Name } from "../../syntax/ast.ts";
import { didYouMean } from "../../text/did-you-mean.ts";
import { asBoolean, asNumber, finite } from "./as-kind.ts";
import { reportAtExpression } from "./blame.ts";
import { countedParameters, functionNames, numberFunctions, selectParameters } from "../../language/functions.ts";
import { functionScope, lookupFunction, lookupValue, namesInSight } from "./scope.ts";
import { reportError, type LoweringState } from "../state.ts";
import { wordElsewhere } from "../../language/op-elsewhere.ts";
import { symbolNames, symbolsWithSettings } from "../../language/symbols.ts";
import { isUnknown, UNKNOWN } from "./value.ts";

/** How deep `let` functions may call one another. */
const MAX_CALL_DEPTH = 100;

/** Evaluates an expression. It is a parameter here because expressions hold calls and calls hold expressions. */
type Evaluate = (state: LoweringState, scope: Scope, expression: Expression) => Value;

/** Returns the value of a call: of a `let` function, of a function of the language, or of a symbol with settings. */
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
    return values === null ? UNKNOWN : callFunction(state, { scope, call: expression, callee: own, values }, evaluate);
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
  const near = wordElsewhere(name) ?? didYouMean(name, [...functionNames, ...namesInSight(scope)]);
  reportAtExpression(state, {
    code: "name/unknown-function",
    expression,
    scope,
    message:
      lookupValue(scope, name) === null && !symbolNames.has(name)
        ? `There is no function "${name}" here.`
        : `"${name}" is a value, not a function.`,
    hint:
      lookupValue(scope, name) !== null
        ? "Put a blank before the parenthesis, to give two arguments."
        : symbolNames.has(name)
          ? `Leave the parentheses out, since "${name}" has no settings; or put a blank before them to give two arguments.`
          : near === null
            ? `Declare it above, "let ${name}(x) = …".`
            : `Did you mean "${near}"?`,
    ...rewriteFix(expression.callee.span, lookupValue(scope, name) === null && !symbolNames.has(name) ? near : null),
  });
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
  refuseName(state, expression, named.name);
  return null;
}

function refuseName(state: LoweringState, expression: CallExpression, name: Name): Value {
  reportError(
    state,
    "call/named-argument",
    expression.span,
    `"${expression.callee.text}" takes its arguments by position, and "${name.text}" is named.`,
    { hint: "Leave the name out." },
  );
  return UNKNOWN;
}

function wrongCount(
  state: LoweringState,
  expression: CallExpression,
  wanted: string,
  parameters: readonly string[],
): Value {
  reportError(
    state,
    "call/argument-count",
    expression.span,
    `"${expression.callee.text}" takes ${wanted}, but is given ${expression.args.length}.`,
    { hint: `Write it like "${expression.callee.text}(${parameters.join(", ")})".` },
  );
  return UNKNOWN;
}

/** A call of a `let` function, and the values of its arguments in order. */
interface FunctionCall {
  readonly scope: Scope;
  readonly call: CallExpression;
  readonly callee: FunctionBinding;
  readonly values: readonly Value[];
}

/** Evaluates the body of a `let f(x) = …`. The body sees the function's parameters and what the scope that defines it sees. */
function callFunction(
  state: LoweringState,
  { scope, call, callee: { declaration, scope: defining }, values }: FunctionCall,
  evaluate: Evaluate,
): Value {
  const parameters = declaration.parameters ?? [];
  const names = parameters.map((parameter) => parameter.text);
  if (values.length !== names.length) {
    return wrongCount(state, call, countedParameters(names.length, names.length), names);
  }
  // `check-names` reports a function that calls itself, as a name that is not declared yet.
  if (values.some(isUnknown) || state.openCalls.has(declaration)) return UNKNOWN;
  if (state.openCalls.size >= MAX_CALL_DEPTH) {
    reportAtExpression(state, {
      code: "limit/call-depth",
      expression: call,
      scope,
      message: `Functions call each other ${MAX_CALL_DEPTH} deep here.`,
      hint: "Write the formula in fewer functions.",
    });
    return UNKNOWN;
  }
  const bindings = parameters.map((parameter, index): readonly [string, Binding] => {
    const origin = call.args[index]?.value.span ?? call.span;
    return [parameter.text, { value: values[index] ?? UNKNOWN, declared: parameter.span, origin, written: null }];
  });
  const body = functionScope(defining, new Map(bindings));
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
      reportError(
        state,
        "call/named-argument",
        argument.name?.span ?? argument.value.span,
        `"${expression.callee.text}" has no parameter "${name ?? ""}".`,
        { hint: `Use one of ${builtin.parameters.join(", ")}.` },
      );
      return UNKNOWN;
    }
    if (name !== undefined && slots[slot] !== undefined) {
      reportError(
        state,
        "call/argument-twice",
        argument.name?.span ?? argument.value.span,
        `"${name}" is given to "${expression.callee.text}" by position and by name.`,
        { hint: "Give it once." },
      );
      return UNKNOWN;
    }
    slots[slot] = value;
  }
  const wanted = builtin.variadic ? `${least} or more arguments` : countedParameters(least, most);
  const tooMany = !builtin.variadic && slots.length > most;
  // A slot that no argument fills is a hole, which `includes` reads as undefined.
  if (slots.length < least || tooMany || slots.includes(undefined as never)) {
    return wrongCount(state, expression, wanted, builtin.parameters);
  }
  const numbers = slots.filter((value) => value !== null);
  return numbers.length < slots.length ? UNKNOWN : finite(state, scope, expression, builtin.apply(...numbers));
}

function evaluateSelect(state: LoweringState, scope: Scope, expression: CallExpression, evaluate: Evaluate): Value {
  const [condition, whenTrue, whenFalse] = expression.args;
  const named = expression.args.find((argument) => argument.name !== null)?.name;
  if (named != null) return refuseName(state, expression, named);
  if (condition === undefined || whenTrue === undefined || whenFalse === undefined || expression.args.length > 3) {
    return wrongCount(state, expression, countedParameters(3, 3), selectParameters);
  }
  const truth = asBoolean(state, scope, condition.value, evaluate(state, scope, condition.value));
  if (truth === null) return UNKNOWN;
  return evaluate(state, scope, truth ? whenTrue.value : whenFalse.value);
}
