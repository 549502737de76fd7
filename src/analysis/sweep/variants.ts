import type { Result } from "../../diagnostics/result.ts";
import { variantLimit, type SweepProblem } from "./expand-values.ts";

/** One param of a sweep with its values, in the notation of `--set`. */
export interface SweepAxis {
  readonly name: string;
  readonly values: readonly string[];
}

/** Part `index` (from 1) of `count` parts of a sweep: every `count`-th variant. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/**
 * Counts the variants of a sweep, one for each choice of a value on every axis.
 *
 * @param axes the params with their values.
 * @returns the number of variants, or a problem if there are too many.
 */
export function countVariants(axes: readonly SweepAxis[]): Result<number, SweepProblem> {
  // The product is exact up to the limit. Only products far above it are rounded.
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  if (count <= variantLimit) return { ok: true, value: count };
  const sizes = axes.map(({ name, values }) => `${values.length} of "${name}"`).join(", ");
  return {
    ok: false,
    problem: {
      message: `The sweep has ${count} variants (${sizes}), but at most ${variantLimit} are allowed.`,
      hint: "Give fewer values, or sweep one part after the other.",
    },
  };
}

/**
 * Returns the values of one variant. The last axis changes fastest, and the first axis changes slowest.
 *
 * @param axes the params with their values.
 * @param index the number of the variant, from 0.
 * @returns the value of each param, as text, by its name.
 */
export function variantAt(axes: readonly SweepAxis[], index: number): ReadonlyMap<string, string> {
  const chosen: [string, string][] = [];
  let rest = index;
  for (const { name, values } of axes.toReversed()) {
    chosen.push([name, values[rest % values.length] ?? ""]);
    rest = Math.floor(rest / values.length);
  }
  return new Map(chosen.reverse());
}

/**
 * Returns the numbers of the variants to measure, in rising order.
 *
 * @param count how many variants the sweep has.
 * @param shard the part of the sweep to measure; null for all of it.
 * @returns numbers from 0.
 */
export function variantIndices(count: number, shard: Shard | null): readonly number[] {
  const all = Array.from({ length: count }, (_, index) => index);
  return shard === null ? all : all.filter((index) => index % shard.count === shard.index - 1);
}
