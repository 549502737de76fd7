import type { Expression, ParamDeclaration } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import { bindValue, literalSpan } from "./values/declare.ts";
import { asNumber } from "./values/as-kind.ts";
import { evaluate } from "./values/evaluate.ts";
import type { Scope, Value } from "./environment.ts";
import { reportError, type LoweringState, type ParamOverride } from "./state.ts";
import { describe, describeKind, isUnknown, kindWithArticle, UNKNOWN } from "./values/value.ts";

/** Binds a param to its value: that of `--set`, that of a preset, or its default. Reports a value of another kind or out of range. */
export function declareParam(state: LoweringState, scope: Scope, declaration: ParamDeclaration): void {
  const { name } = declaration;
  const override = state.overrides.get(name.text) ?? null;
  const fallback = evaluate(state, scope, declaration.value);
  const value = override?.value ?? fallback;
  const fits =
    isUnknown(value) || isUnknown(fallback) || fitsParam(state, scope, declaration, { override, value, fallback });
  // A value that does not fit silences what depends on it.
  const written = override === null ? literalSpan(declaration.value) : override.span;
  bindValue(state, scope, name, fits ? value : UNKNOWN, { written });
  if (value.kind === "number" || value.kind === "boolean" || value.kind === "string")
    state.params.set(name.text, value.value);
  else state.params.set(name.text, describe(value));
}

/** The value of a param, beside its default. */
interface GivenValue {
  readonly override: ParamOverride | null;
  readonly value: Value;
  readonly fallback: Value;
}

function fitsParam(
  state: LoweringState,
  scope: Scope,
  { name, value: declared, range }: ParamDeclaration,
  { override, value, fallback }: GivenValue,
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
  return (
    range === null ||
    value.kind !== "number" ||
    isInRange(state, scope, range, { number: value.value, text: given, place })
  );
}

/** A number given to a param: as messages show it, and where to report it. */
interface GivenNumber {
  readonly number: number;
  readonly text: string;
  readonly place: Span;
}

function isInRange(
  state: LoweringState,
  scope: Scope,
  range: NonNullable<ParamDeclaration["range"]>,
  { number, text, place }: GivenNumber,
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
  if (number < low || number > high) {
    reportError(state, "param/range", place, `${text} is outside ${low} .. ${high}.`, {
      hint: `Choose a value from ${low} to ${high}.`,
    });
    return false;
  }
  if (step === null) return true;
  const steps = (number - low) / step;
  const onStep = Math.abs(steps - Math.round(steps)) <= 1e-9;
  if (!onStep) {
    const below = low + Math.floor(steps) * step;
    const above = below + step;
    reportError(state, "param/range", place, `${text} is not on the steps of ${step} from ${low}.`, {
      hint: above <= high ? `The nearest are ${below} and ${above}.` : `The nearest is ${below}.`,
    });
  }
  return onStep;
}
