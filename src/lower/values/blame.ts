import type { DiagnosticDetails, Related } from "../../diagnostics/diagnostic.ts";
import type { Expression } from "../../syntax/ast.ts";
import type { Span } from "../../text/span.ts";
import { lookupValue, type Scope } from "./scope.ts";
import { reportError, type LoweringState } from "../state.ts";

interface Blame {
  readonly span: Span;
  readonly related: readonly Related[];
}

/** True where the expression's value differs from one use of the block to the next. */
function dependsOnUse(expression: Expression, scope: Scope): boolean {
  switch (expression.kind) {
    case "input-extent":
      return true;
    case "reference":
      return scope.values.has(expression.name);
    case "list":
      return expression.elements.some((element) => dependsOnUse(element, scope));
    case "call":
      return expression.args.some((argument) => dependsOnUse(argument.value, scope));
    case "unary":
      return dependsOnUse(expression.operand, scope);
    case "binary":
      return dependsOnUse(expression.left, scope) || dependsOnUse(expression.right, scope);
    default:
      return false;
  }
}

function blockScope(scope: Scope): Scope {
  return scope.kind === "path" && scope.parent !== null ? blockScope(scope.parent) : scope;
}

/** A place inside a block, seen from the network: the row that led there, with the place beside it. */
export function blamePlace(scope: Scope, span: Span): Blame {
  if (scope.useSite === null) return { span, related: [] };
  return { span: scope.useSite, related: [{ message: `inside block "${scope.blockName ?? ""}"`, span }] };
}

/**
 * Where to say that an expression's value is wrong: the argument it was handed in as, the row that led into the block
 * where the value depends on the use, else the expression itself.
 */
function blameExpression(expression: Expression, scope: Scope): Blame {
  if (expression.kind === "reference") {
    const binding = lookupValue(scope, expression.name);
    if (binding?.origin != null) return { span: binding.origin, related: blamePlace(scope, expression.span).related };
  }
  const owner = blockScope(scope);
  return dependsOnUse(expression, owner) ? blamePlace(scope, expression.span) : { span: expression.span, related: [] };
}

/**
 * Where to say that a number is out of range: where it is written out, in the param, let or default that the expression names,
 * with the use beside it; else as for any fault of the expression.
 */
function blameNumber(expression: Expression, scope: Scope): Blame {
  const binding = expression.kind === "reference" ? lookupValue(scope, expression.name) : null;
  if (binding?.written == null) return blameExpression(expression, scope);
  return { span: binding.written, related: [{ message: "used here", span: expression.span }] };
}

export function reportAtNumber(
  state: LoweringState,
  code: string,
  expression: Expression,
  scope: Scope,
  message: string,
  hint: string,
): void {
  const { span, related } = blameNumber(expression, scope);
  reportError(state, code, span, message, { hint, related });
}

export function reportAtExpression(
  state: LoweringState,
  code: string,
  expression: Expression,
  scope: Scope,
  message: string,
  hint: string,
  details: Pick<DiagnosticDetails, "fix"> = {},
): void {
  const { span, related } = blameExpression(expression, scope);
  reportError(state, code, span, message, { hint, related, ...details });
}

/**
 * On the row that led into the block, with the place beside it: for what depends on the use. What is wrong with a
 * statement however it is used (a count of arguments, a name given twice) is `reportError`'s, on the statement.
 */
export function reportAtPlace(
  state: LoweringState,
  code: string,
  span: Span,
  scope: Scope,
  message: string,
  details: DiagnosticDetails,
): void {
  const blame = blamePlace(scope, span);
  reportError(state, code, blame.span, message, {
    ...details,
    related: [...blame.related, ...(details.related ?? [])],
  });
}
