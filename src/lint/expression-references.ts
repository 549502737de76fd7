import type { Expression, Reference } from "../syntax/ast.ts";

/** Every name that an expression reads, from left to right; called functions are not among them. */
export function referencesIn(expression: Expression): readonly Reference[] {
  switch (expression.kind) {
    case "reference":
      return [expression];
    case "list":
      return expression.elements.flatMap(referencesIn);
    case "call":
      return expression.args.flatMap(({ value }) => referencesIn(value));
    case "unary":
      return referencesIn(expression.operand);
    case "binary":
      return [...referencesIn(expression.left), ...referencesIn(expression.right)];
    case "number":
    case "dims":
    case "string":
    case "boolean":
    case "input-extent":
    case "hole":
      return [];
  }
}
