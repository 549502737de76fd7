import type { SourceFile, Statement } from "../../syntax/ast.ts";
import type { Span } from "../../text/span.ts";

/** Returns the end of each declaration, statement, path and row by its start. Of those with one start, the largest counts. */
export function extentsOf(file: SourceFile): ReadonlyMap<number, number> {
  const extents = new Map<number, number>();
  const add = ({ start, end }: Span): void => {
    extents.set(start, Math.max(end, extents.get(start) ?? 0));
  };
  const addBody = (body: readonly Statement[]): void => {
    for (const statement of body) {
      add(statement.span);
      if (statement.kind === "table") for (const row of statement.rows) add(row.span);
      if (statement.kind === "if") {
        addBody(statement.then);
        addBody(statement.otherwise ?? []);
      }
      if (statement.kind === "branch") {
        for (const path of statement.paths) {
          add(path.span);
          addBody(path.body);
        }
      }
    }
  };
  for (const item of file.items) {
    add(item.span);
    if (item.kind === "network" || item.kind === "block") addBody(item.body);
  }
  return extents;
}
