import { functionNames } from "../../language/functions.ts";
import { symbolNames } from "../../language/symbols.ts";
import type { CallExpression, Expression, Name } from "../../syntax/ast.ts";
import type { Span } from "../../text/span.ts";
import type { Definition } from "./definition.ts";
import { defineArgument } from "./define.ts";
import type { Meaning, Occurrence } from "./occurrence.ts";

/** Values that a body can name, growing as it is read; a file's own stand behind those of a body. */
export interface ValueScope {
  readonly own: Map<string, Definition>;
  readonly file: ReadonlyMap<string, Definition>;
}

/** Told of every word that means something. */
export type Tell = (span: Span, meaning: Meaning, role?: Occurrence["role"]) => void;

export function lookup({ own, file }: ValueScope, name: string): Definition | null {
  return own.get(name) ?? file.get(name) ?? null;
}

/** Tells what the names in an expression stand for; one that stands for nothing is not told. */
export function tellExpression(tell: Tell, scope: ValueScope, expression: Expression): void {
  switch (expression.kind) {
    case "reference": {
      const { name, span } = expression;
      tellName(tell, scope, { kind: "name", text: name, span });
      return;
    }
    case "call":
      tellCall(tell, scope, expression);
      return;
    case "list":
      for (const element of expression.elements) tellExpression(tell, scope, element);
      return;
    case "unary":
      tellExpression(tell, scope, expression.operand);
      return;
    case "binary":
      tellExpression(tell, scope, expression.left);
      tellExpression(tell, scope, expression.right);
      return;
    case "input-extent":
      tell(expression.span, { kind: "extent", axis: expression.axis });
      return;
    case "number":
    case "dims":
    case "string":
    case "boolean":
    case "hole":
      return;
  }
}

export function tellName(tell: Tell, scope: ValueScope, { text, span }: Name): void {
  if (text === "") return;
  const definition = lookup(scope, text);
  if (definition !== null) tell(span, { kind: "definition", definition });
  else if (functionNames.has(text)) tell(span, { kind: "builtin", name: text });
  else if (symbolNames.has(text)) tell(span, { kind: "symbol", name: text });
}

function tellCall(tell: Tell, scope: ValueScope, { callee, args }: CallExpression): void {
  tellName(tell, scope, callee);
  const called = lookup(scope, callee.text);
  for (const { name, value } of args) {
    if (name !== null) tellSetting(tell, called, callee, name);
    tellExpression(tell, scope, value);
  }
}

function tellSetting(tell: Tell, called: Definition | null, callee: Name, key: Name): void {
  if (called?.kind !== "function") {
    tell(key.span, { kind: "setting", callee: callee.text, key: key.text });
    return;
  }
  const parameter = called.node.parameters?.find(({ text }) => text === key.text);
  if (parameter !== undefined) {
    tell(key.span, { kind: "definition", definition: defineArgument(parameter, called.node) });
  }
}
