import type { Result } from "../../diagnostics/result.ts";
import { parseParamValue } from "../../lower/values/param-value.ts";
import { formatDecimal, parseDecimal, toOneScale } from "./decimal.ts";

/** The most variants that one sweep may have. */
export const variantLimit = 100_000;

/** The reason why the values of a sweep cannot be used: a sentence and a hint, as in a diagnostic. */
export interface SweepProblem {
  readonly message: string;
  readonly hint: string;
}

/** The values as texts, each once, or the problem with the text. */
export type ExpandedValues = Result<readonly string[], SweepProblem>;

/** A text that begins like a range counts as a range, even if it is not a valid one. */
const RANGE_START = /^-?\d.*\.\./;
const RANGE = /^([^/]+?)\.\.([^/]+?)(?:\/(.+))?$/;

/**
 * Reads the values that one param takes in a sweep: a list such as `0.35,0.5`, a range such as `96..224/32`, or a list
 * of both. A range includes its end if a step ends there. Values are computed in decimal arithmetic, so steps of 0.1
 * give 0.3 and not 0.30000000000000004.
 *
 * @param name the param, for messages.
 * @param text the values as written.
 * @returns texts that `--set` takes, each value once in the order written, or the first problem.
 */
export function expandValues(name: string, text: string): ExpandedValues {
  const values: string[] = [];
  const seen = new Set<string>();
  for (const item of text.split(",").map((part) => part.trim())) {
    if (item === "")
      return refuse(`"${name}" has an empty value in "${text}".`, "Write values as a,b,c or lo..hi/step.");
    const expanded = RANGE_START.test(item) ? expandRange(name, item) : ({ ok: true, value: [item] } as const);
    if (!expanded.ok) return expanded;
    for (const value of expanded.value) {
      const parsed = parseParamValue(value);
      const key = parsed.kind === "number" ? `number ${parsed.value}` : value;
      if (!seen.has(key)) values.push(value);
      seen.add(key);
    }
  }
  return { ok: true, value: values };
}

function expandRange(name: string, text: string): ExpandedValues {
  const [, lowText = "", highText = "", stepText] = RANGE.exec(text) ?? [];
  if (lowText !== "" && stepText === undefined) {
    return refuse(`The range "${text}" of "${name}" has no step.`, "Write it as lo..hi/step, for example 96..224/32.");
  }
  const low = parseDecimal(lowText.trim());
  const high = parseDecimal(highText.trim());
  const step = parseDecimal((stepText ?? "").trim());
  if (low === null || high === null || step === null) {
    return refuse(`"${text}" of "${name}" is no range of numbers.`, "Write it as lo..hi/step, for example 96..224/32.");
  }
  const { mantissas, scale } = toOneScale([low, high, step]);
  const [from = 0n, to = 0n, by = 0n] = mantissas;
  if (by <= 0n)
    return refuse(`The range "${text}" of "${name}" has the step ${formatDecimal(step)}.`, "Give a step above 0.");
  if (to < from) {
    return refuse(
      `The range "${text}" of "${name}" ends below its start.`,
      `Write it as ${formatDecimal(high)}..${formatDecimal(low)}/${formatDecimal(step)}.`,
    );
  }
  const count = (to - from) / by + 1n;
  if (count > BigInt(variantLimit)) {
    return refuse(
      `The range "${text}" of "${name}" has ${count} values, and a sweep at most ${variantLimit} variants.`,
      "Take a larger step.",
    );
  }
  return {
    ok: true,
    value: Array.from({ length: Number(count) }, (_, i) => formatDecimal({ mantissa: from + by * BigInt(i), scale })),
  };
}

function refuse(message: string, hint: string): ExpandedValues {
  return { ok: false, problem: { message, hint } };
}
