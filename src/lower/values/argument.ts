import type { Argument, Value } from "../environment.ts";

/** Returns one element of a list that an argument gives. Its place is that of the element, if the list is written out. */
export function elementOf(argument: Argument, index: number, value: Value): Argument {
  const { expression } = argument;
  const element = expression.kind === "list" ? expression.elements[index] : undefined;
  return { ...argument, value, expression: element ?? expression };
}
