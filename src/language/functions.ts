import { counted } from "../text/counted.ts";

/** A function of the language over numbers. */
export interface NumberFunction {
  readonly parameters: readonly string[];
  /** Parameters that may be left out, from the right. */
  readonly optional: number;
  /** True where any number of arguments may follow. */
  readonly variadic: boolean;
  readonly apply: (...args: readonly number[]) => number;
}

/**
 * The channel rounding of MobileNet: the nearest multiple of `by` that does not lose more than 1 - `limit` of `x`.
 * slim's and Keras' `make_divisible`.
 */
export function divisible(x: number, by: number, limit = 0.9): number {
  const rounded = Math.max(by, Math.floor((x + by / 2) / by) * by);
  return rounded < limit * x ? rounded + by : rounded;
}

function fixed(
  parameters: readonly string[],
  apply: (...args: readonly number[]) => number,
  optional = 0,
): NumberFunction {
  return { parameters, optional, variadic: false, apply };
}

/** Half goes up, as `floor(x + 0.5)`. */
const round = (x = 0): number => Math.floor(x + 0.5);

export const numberFunctions: ReadonlyMap<string, NumberFunction> = new Map([
  ["divisible", fixed(["x", "by", "limit"], (x = 0, by = 1, limit) => divisible(x, by, limit), 1)],
  ["min", { parameters: ["a", "b"], optional: 0, variadic: true, apply: (...args) => Math.min(...args) }],
  ["max", { parameters: ["a", "b"], optional: 0, variadic: true, apply: (...args) => Math.max(...args) }],
  ["floor", fixed(["x"], (x = 0) => Math.floor(x))],
  ["ceil", fixed(["x"], (x = 0) => Math.ceil(x))],
  ["round", fixed(["x"], round)],
]);

export const selectParameters = ["condition", "a", "b"] as const;

/** `1 argument`, `2 or 3 arguments`. */
export function countedParameters(least: number, most: number): string {
  return `${least === most ? "" : `${least} or `}${counted(most, "argument")}`;
}

/** `select(condition, a, b)` takes values of any kind, so it is no number function. */
export const functionNames: ReadonlySet<string> = new Set([...numberFunctions.keys(), "select"]);
