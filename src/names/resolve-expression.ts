import { signatureOf, symbolsTaken } from "../language/op-signatures.ts";
import type { CallExpression, Expression, Name } from "../syntax/ast.ts";
import { operandsOf } from "../syntax/visit.ts";
import { tell, type Resolution } from "./declaration-names.ts";
import { defineArgument } from "./define.ts";
import type { Definition } from "./definition.ts";
import { unknownFunction, unknownValue, unknownWord } from "./unknown-names.ts";
import { lookup, namesIn, valueMeaning, type ValueScope } from "./value-scope.ts";

/** Resolves the names in an expression, and reports those that stand for nothing. */
export function resolveExpression(resolution: Resolution, scope: ValueScope, expression: Expression): void {
  switch (expression.kind) {
    case "reference": {
      const { name: text, span } = expression;
      const name: Name = { kind: "name", text, span };
      if (!resolveName(resolution, scope, name)) resolution.problems?.push(unknownValue(name, namesIn(scope)));
      return;
    }
    case "call":
      resolveFunction(resolution, scope, expression);
      return;
    case "input-extent":
      tell(resolution, expression.span, { kind: "extent", axis: expression.axis });
      return;
    default:
      for (const operand of operandsOf(expression)) resolveExpression(resolution, scope, operand);
  }
}

/**
 * Resolves an argument of an op, or the `residual` of a block. A name that stands for nothing is compared with the words that
 * the argument takes, if it takes any.
 */
export function resolveArgument(
  resolution: Resolution,
  scope: ValueScope,
  op: string,
  key: string,
  expression: Expression,
): void {
  const taken = key === "residual" || signatureOf(op) !== null ? symbolsTaken(op, key) : null;
  const isWord = taken !== null && expression.kind === "reference" && expression.name !== "";
  if (isWord && valueMeaning(scope, expression.name) === null) {
    resolution.problems?.push(unknownWord(op, key, expression, taken, namesIn(scope)));
  } else {
    resolveExpression(resolution, scope, expression);
  }
}

/** Tells what a name of an expression stands for. False where it stands for nothing. */
export function resolveName(resolution: Resolution, scope: ValueScope, { text, span }: Name): boolean {
  if (text === "") return true;
  const meaning = valueMeaning(scope, text);
  if (meaning !== null) tell(resolution, span, meaning);
  return meaning !== null;
}

function resolveFunction(resolution: Resolution, scope: ValueScope, { callee, args, span }: CallExpression): void {
  if (!resolveName(resolution, scope, callee)) {
    resolution.problems?.push(unknownFunction({ ...callee, span }, namesIn(scope)));
  }
  const called = lookup(scope, callee.text);
  for (const { name, value } of args) {
    if (name !== null) tellSetting(resolution, called, callee, name);
    resolveExpression(resolution, scope, value);
  }
}

function tellSetting(resolution: Resolution, called: Definition | null, callee: Name, key: Name): void {
  if (called?.kind !== "function") {
    tell(resolution, key.span, { kind: "setting", callee: callee.text, key: key.text });
    return;
  }
  const parameter = called.node.parameters?.find(({ text }) => text === key.text);
  if (parameter !== undefined) {
    tell(resolution, key.span, { kind: "definition", definition: defineArgument(parameter, called.node) });
  }
}
