import type { Expression } from "../syntax/ast.ts";
import type { Scope } from "./scope.ts";
import type { Value } from "./value.ts";

/** A value given to an attribute, with the expression and scope it came from, so that a fault is reported where it was written. */
export interface Argument {
  readonly value: Value;
  readonly expression: Expression;
  readonly scope: Scope;
}
