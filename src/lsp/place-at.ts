import type { BranchStatement, CallStatement, SourceFile, Statement, TableRow, TableStatement } from "../syntax/ast.ts";
import { bodyOf, childrenOf } from "../syntax/visit.ts";
import { touches } from "./places.ts";

/** What makes layers at a place of a file. */
export type LayerPlace =
  | { readonly kind: "statement"; readonly statement: CallStatement | TableStatement | BranchStatement }
  | { readonly kind: "row"; readonly statement: TableStatement; readonly row: TableRow };

/** Returns the innermost statement that an offset lies in; null if there is none. */
export function statementAt(ast: SourceFile, offset: number): Statement | null {
  const item = ast.items.find((candidate) => bodyOf(candidate).length > 0 && touches(candidate.span, offset));
  return item === undefined ? null : innermost(bodyOf(item), offset);
}

/** Returns the row or statement that makes the layers at an offset; null if none does. */
export function layerPlaceAt(ast: SourceFile, offset: number): LayerPlace | null {
  const statement = statementAt(ast, offset);
  switch (statement?.kind) {
    case "table": {
      const row = statement.rows.find(({ span }) => touches(span, offset));
      return row === undefined ? { kind: "statement", statement } : { kind: "row", statement, row };
    }
    case "call-statement":
    case "branch":
      return { kind: "statement", statement };
    default:
      return null;
  }
}

function innermost(body: readonly Statement[], offset: number): Statement | null {
  const statement = body.find(({ span }) => touches(span, offset));
  return statement === undefined ? null : (innermost(childrenOf(statement), offset) ?? statement);
}
