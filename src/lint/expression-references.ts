import type { Expression, Reference } from "../syntax/ast.ts";
import { walkExpression } from "../syntax/visit.ts";

/** Returns every name that an expression reads, from left to right. Functions that it calls are not among them. */
export function referencesIn(expression: Expression): readonly Reference[] {
  const references: Reference[] = [];
  walkExpression(expression, (part) => {
    if (part.kind === "reference") references.push(part);
  });
  return references;
}
