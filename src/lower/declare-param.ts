import type { Expression, ParamDeclaration } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import { bindValue, literalSpan } from "./values/declare.ts";
import { asNumber } from "./values/as-kind.ts";
import { evaluate } from "./values/evaluate.ts";
import type { Scope } from "./values/scope.ts";
import { reportError, type LoweringState } from "./state.ts";
import { describe, describeKind, isUnknown, kindWithArticle, UNKNOWN, type Value } from "./values/value.ts";

/** A value for a param that stands in for its default, with where it was written. */
export interface ParamOverride {
  readonly value: Value;
  /** The preset's argument, or null for `--set`. */
  readonly span: Span | null;
}

/** Binds a param to its default, a preset's value or what `--set` says, checked against its kind and range. */
export function declareParam(
  state: LoweringState,
  scope: Scope,
  declaration: ParamDeclaration,
  override: ParamOverride | null,
): void {
  const { name } = declaration;
  const fallback = evaluate(state, scope, declaration.value);
  const value = override?.value ?? fallback;
  const fits =
    isUnknown(value) || isUnknown(fallback) || fitsParam(state, scope, declaration, override, value, fallback);
  // A value that does not fit silences what depends on it.
  const written = override === null ? literalSpan(declaration.value) : override.span;
  bindValue(state, scope, name, fits ? value : UNKNOWN, { written });
  if (value.kind === "number" || value.kind === "boolean" || value.kind === "string")
    state.params.set(name.text, value.value);
  else state.params.set(name.text, describe(value));
}

function fitsParam(
  state: LoweringState,
  scope: Scope,
  { name, value: declared, range }: ParamDeclaration,
  override: ParamOverride | null,
  value: Value,
  fallback: Value,
): boolean {
  const place = override?.span ?? (override === null ? declared.span : name.span);
  const given =
    override !== null && override.span === null
      ? `--set ${name.text}=${describe(value)}`
      : `"${name.text}" = ${describe(value)}`;
  if (value.kind !== fallback.kind) {
    reportError(
      state,
      "param/kind",
      place,
      `Param "${name.text}" is ${kindWithArticle(fallback)} by its default, ${describe(fallback)}, and ${override?.span == null ? "--set" : "the preset"} gives ${describeKind(value)}.`,
      { hint: `Give ${kindWithArticle(fallback)}.` },
    );
    return false;
  }
  return range === null || value.kind !== "number" || isInRange(state, scope, range, value.value, given, place);
}

function isInRange(
  state: LoweringState,
  scope: Scope,
  range: NonNullable<ParamDeclaration["range"]>,
  value: number,
  given: string,
  place: Span,
): boolean {
  const bound = (expression: Expression) => asNumber(state, scope, expression, evaluate(state, scope, expression));
  const low = bound(range.low);
  const high = bound(range.high);
  const step = range.step === null ? null : bound(range.step);
  if (low === null || high === null || (range.step !== null && step === null)) return true;
  if (low > high) {
    reportError(state, "param/range", range.low.span, `The range ${low} .. ${high} holds no value.`, {
      hint: `Write the smaller bound first: "in ${high} .. ${low}".`,
    });
    return false;
  }
  if (range.step !== null && step !== null && step <= 0) {
    reportError(state, "param/range", range.step.span, `A step of ${step} leads nowhere from ${low}.`, {
      hint: "Give a step above 0.",
    });
    return false;
  }
  if (value < low || value > high) {
    reportError(state, "param/range", place, `${given} is outside ${low} .. ${high}.`, {
      hint: `Choose a value from ${low} to ${high}.`,
    });
    return false;
  }
  if (step === null) return true;
  const steps = (value - low) / step;
  const onStep = Math.abs(steps - Math.round(steps)) <= 1e-9;
  if (!onStep) {
    const below = low + Math.floor(steps) * step;
    const above = below + step;
    reportError(state, "param/range", place, `${given} is not on the steps of ${step} from ${low}.`, {
      hint: above <= high ? `The nearest are ${below} and ${above}.` : `The nearest is ${below}.`,
    });
  }
  return onStep;
}
