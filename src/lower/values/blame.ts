import type { Scope } from "../environment.ts";
import type { DiagnosticDetails, Related } from "../../diagnostics/diagnostic.ts";
import type { Expression } from "../../syntax/ast.ts";
import { someExpression } from "../../syntax/visit.ts";
import type { Span } from "../../text/span.ts";
import { lookupValue } from "./scope.ts";
import { reportError, type LoweringState } from "../state.ts";

interface Blame {
  readonly span: Span;
  readonly related: readonly Related[];
}

/** True if the value of the expression may differ between two uses of the block. */
function dependsOnUse(expression: Expression, scope: Scope): boolean {
  return someExpression(
    expression,
    (part) => part.kind === "input-extent" || (part.kind === "reference" && scope.values.has(part.name)),
  );
}

function blockScope(scope: Scope): Scope {
  return scope.kind === "path" && scope.parent !== null ? blockScope(scope.parent) : scope;
}

/** Returns where a fault inside a block is reported: at the row that led there, with the place in the block as a related place. */
export function blamePlace(scope: Scope, span: Span): Blame {
  if (scope.useSite === null) return { span, related: [] };
  return { span: scope.useSite, related: [{ message: `inside block "${scope.blockName ?? ""}"`, span }] };
}

/**
 * Returns the place at which a wrong value is reported. It is the argument that gives the value, if there is one. It is the row
 * that led into the block, if the value depends on the use. Otherwise it is the expression itself.
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
 * Returns the place at which a number out of range is reported. It is the literal in the param, let or default that the
 * expression names, with the use as a related place. Without such a literal it is the place of any other wrong value.
 */
function blameNumber(expression: Expression, scope: Scope): Blame {
  const binding = expression.kind === "reference" ? lookupValue(scope, expression.name) : null;
  if (binding?.written == null) return blameExpression(expression, scope);
  return { span: binding.written, related: [{ message: "used here", span: expression.span }] };
}

/** A fault of an expression's value. */
interface ExpressionFault extends Pick<DiagnosticDetails, "fix"> {
  readonly code: string;
  readonly expression: Expression;
  readonly scope: Scope;
  readonly message: string;
  readonly hint: string;
}

/** Reports a number that is out of range, at the place that writes the number. */
export function reportAtNumber(state: LoweringState, fault: ExpressionFault): void {
  reportBlamed(state, fault, blameNumber(fault.expression, fault.scope));
}

/** Reports a value that is wrong, at the argument, row or expression that it comes from. */
export function reportAtExpression(state: LoweringState, fault: ExpressionFault): void {
  reportBlamed(state, fault, blameExpression(fault.expression, fault.scope));
}

function reportBlamed(
  state: LoweringState,
  { code, message, hint, fix }: ExpressionFault,
  { span, related }: Blame,
): void {
  reportError(state, code, span, message, { hint, related, ...(fix !== undefined && { fix }) });
}

/** A fault of a place in a body. */
interface PlaceFault extends DiagnosticDetails {
  readonly code: string;
  readonly span: Span;
  readonly scope: Scope;
  readonly message: string;
}

/**
 * Reports a fault that depends on the use of a block. The report stands on the row that led into the block, with the place in the
 * block as a related place. A fault in every use, such as a wrong count of arguments, is reported on the statement by `reportError`.
 */
export function reportAtPlace(state: LoweringState, { code, span, scope, message, ...details }: PlaceFault): void {
  const blame = blamePlace(scope, span);
  reportError(state, code, blame.span, message, {
    ...details,
    related: [...blame.related, ...(details.related ?? [])],
  });
}
