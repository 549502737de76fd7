import { counted } from "../text/counted.ts";

/** A function of the language in words. */
export interface FunctionDoc {
  /** How it is called. */
  readonly usage: string;
  readonly doc: string;
  readonly parameters: readonly string[];
  /** What parameters mean that their names do not say, by name. */
  readonly parameterDocs?: Readonly<Record<string, string>>;
}

/** A function of the language over numbers. */
export interface NumberFunction extends FunctionDoc {
  /** Parameters that may be left out, from the right. */
  readonly optional: number;
  /** True where any number of arguments may follow. */
  readonly variadic: boolean;
  readonly apply: (...args: readonly number[]) => number;
}

/** The share of a number of channels that rounding must leave. */
const leastShare = 0.9;

/**
 * The channel rounding of MobileNet: the nearest multiple of `by` that does not lose more than 1 - `limit` of `x`.
 * slim's and Keras' `make_divisible`.
 */
export function divisible(x: number, by: number, limit = leastShare): number {
  const rounded = Math.max(by, Math.floor((x + by / 2) / by) * by);
  return rounded < limit * x ? rounded + by : rounded;
}

function ofOne(name: string, doc: string, apply: (x: number) => number): NumberFunction {
  return { usage: `${name}(x)`, doc, parameters: ["x"], optional: 0, variadic: false, apply: (x = 0) => apply(x) };
}

function ofMany(name: string, doc: string, apply: (...args: readonly number[]) => number): NumberFunction {
  return { usage: `${name}(a, b, …)`, doc, parameters: ["a", "b"], optional: 0, variadic: true, apply };
}

const divisibleFunction: NumberFunction = {
  usage: `divisible(x, by, limit = ${leastShare})`,
  doc: "The multiple of `by` nearest to x, at least `by`, and the next one where less than `limit` of x would be left: how MobileNets round channels.",
  parameters: ["x", "by", "limit"],
  parameterDocs: { limit: "The least share of x that is kept." },
  optional: 1,
  variadic: false,
  apply: (x = 0, by = 1, limit) => divisible(x, by, limit),
};

/** The functions over numbers, by name. */
export const numberFunctions: ReadonlyMap<string, NumberFunction> = new Map([
  ["divisible", divisibleFunction],
  ["min", ofMany("min", "The smallest.", (...args) => Math.min(...args))],
  ["max", ofMany("max", "The largest.", (...args) => Math.max(...args))],
  ["floor", ofOne("floor", "The whole number at or below x.", Math.floor)],
  ["ceil", ofOne("ceil", "The whole number at or above x.", Math.ceil)],
  ["round", ofOne("round", "The nearest whole number; a half goes up.", (x) => Math.floor(x + 0.5))],
]);

/** `select` takes values of any kind, so it is not a function over numbers. */
const select = {
  usage: "select(condition, a, b)",
  doc: "a where the condition is true, else b. Values of any kind.",
  parameters: ["condition", "a", "b"],
} as const satisfies FunctionDoc;

export const selectParameters = select.parameters;

/** Every function of the language in words, by name. */
export const functionDocs: ReadonlyMap<string, FunctionDoc> = new Map<string, FunctionDoc>([
  ...numberFunctions,
  ["select", select],
]);

export const functionNames: ReadonlySet<string> = new Set(functionDocs.keys());

/** `1 argument`, `2 or 3 arguments`. */
export function countedParameters(least: number, most: number): string {
  return `${least === most ? "" : `${least} or `}${counted(most, "argument")}`;
}
