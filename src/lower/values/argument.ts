import type { Argument, Value } from "../environment.ts";

/** One element of a list that an argument gives, at its own place where the list is written out. */
export function elementOf(argument: Argument, index: number, value: Value): Argument {
  const { expression } = argument;
  const element = expression.kind === "list" ? expression.elements[index] : undefined;
  return { ...argument, value, expression: element ?? expression };
}
