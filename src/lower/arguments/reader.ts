import type { Argument } from "../environment.ts";
import { reportAtExpression, reportAtNumber } from "../values/blame.ts";
import type { LoweringState } from "../state.ts";
import { describeFound, isUnknown } from "../values/value.ts";

/** Reads an argument that messages call `key`. Reports a fault. Returns null if the argument is in error or unknown. */
export type Reader<T> = (state: LoweringState, key: string, argument: Argument) => T | null;

interface Refusal {
  /** What the argument takes, in words. */
  readonly expected: string;
  readonly hint: string;
  readonly code?: string;
}

/** Reports an argument that is not what its key takes, unless it is unknown. */
export function refuse(
  state: LoweringState,
  key: string,
  argument: Argument,
  { expected, hint, code = "attribute/value" }: Refusal,
): null {
  const { value, expression, scope } = argument;
  if (isUnknown(value)) return null;
  const report = value.kind === "number" ? reportAtNumber : reportAtExpression;
  report(state, {
    code,
    expression,
    scope,
    message: `Expected ${expected} for "${key}", found ${describeFound(value)}.`,
    hint,
  });
  return null;
}
