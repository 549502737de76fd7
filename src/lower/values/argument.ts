import type { Expression } from "../../syntax/ast.ts";
import type { Scope } from "./scope.ts";
import type { Value } from "./value.ts";

/** A value given to an attribute, with the expression and scope it came from, so that a fault is reported where it was written. */
export interface Argument {
  readonly value: Value;
  readonly expression: Expression;
  readonly scope: Scope;
}

/** One element of a list that an argument gives, at its own place where the list is written out. */
export function elementOf(argument: Argument, index: number, value: Value): Argument {
  const { expression } = argument;
  const element = expression.kind === "list" ? expression.elements[index] : undefined;
  return { ...argument, value, expression: element ?? expression };
}
