import type { FileItem } from "../syntax/ast.ts";
import { bodyOf, walkExpressions, walkStatements } from "../syntax/visit.ts";

/** Names that some items read: values and functions, and blocks. */
export interface UsedNames {
  readonly values: ReadonlySet<string>;
  readonly blocks: ReadonlySet<string>;
}

/** Collects the names that items read. A name counts wherever it stands in an expression, also where another one hides it. */
export function usedNames(items: readonly FileItem[]): UsedNames {
  const values = new Set<string>();
  const blocks = new Set<string>();
  walkExpressions(items, (expression) => {
    if (expression.kind === "reference") values.add(expression.name);
    else if (expression.kind === "call") values.add(expression.callee.text);
  });
  for (const item of items) {
    walkStatements(bodyOf(item), (statement) => {
      if (statement.kind === "call-statement") blocks.add(statement.callee.text);
      if (statement.kind !== "table") return;
      blocks.add(statement.block.text);
      for (const { through } of statement.header) if (through !== null) values.add(through.text);
    });
  }
  return { values, blocks };
}
