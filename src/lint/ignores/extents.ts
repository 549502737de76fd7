import type { SourceFile } from "../../syntax/ast.ts";
import { bodyOf, walkStatements } from "../../syntax/visit.ts";
import type { Span } from "../../text/span.ts";

/** Returns the end of each declaration, statement, path and row by its start. Of those with one start, the largest counts. */
export function extentsOf(file: SourceFile): ReadonlyMap<number, number> {
  const extents = new Map<number, number>();
  const add = ({ start, end }: Span): void => {
    extents.set(start, Math.max(end, extents.get(start) ?? 0));
  };
  for (const item of file.items) {
    add(item.span);
    walkStatements(bodyOf(item), (statement) => {
      add(statement.span);
      if (statement.kind === "table") for (const row of statement.rows) add(row.span);
      if (statement.kind === "branch") for (const path of statement.paths) add(path.span);
    });
  }
  return extents;
}
