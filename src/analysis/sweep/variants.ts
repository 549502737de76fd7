import { variantLimit, type SweepProblem } from "./expand-values.ts";

/** One param of a sweep with the values it takes, as `--set` writes them. */
export interface SweepAxis {
  readonly name: string;
  readonly values: readonly string[];
}

/** Part `index` (from 1) of `count`: every `count`-th variant. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** How many variants the axes span; a problem where that is more than a sweep may have. */
export function countVariants(
  axes: readonly SweepAxis[],
): { readonly count: number } | { readonly problem: SweepProblem } {
  // Exact up to the limit; what rounds is far above it.
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  if (count <= variantLimit) return { count };
  const sizes = axes.map(({ name, values }) => `${values.length} of "${name}"`).join(", ");
  return {
    problem: {
      message: `The sweep has ${count} variants (${sizes}), and ${variantLimit} is the most.`,
      hint: "Give fewer values, or sweep one part after the other.",
    },
  };
}

/** The values of a variant by its number, from 0: the first axis changes slowest, the last one fastest. */
export function variantAt(axes: readonly SweepAxis[], index: number): ReadonlyMap<string, string> {
  const chosen: [string, string][] = [];
  let rest = index;
  for (const { name, values } of axes.toReversed()) {
    chosen.push([name, values[rest % values.length] ?? ""]);
    rest = Math.floor(rest / values.length);
  }
  return new Map(chosen.reverse());
}

/** Numbers of the variants of a shard, rising; of all of them without one. */
export function variantIndices(count: number, shard: Shard | null): readonly number[] {
  const all = Array.from({ length: count }, (_, index) => index);
  return shard === null ? all : all.filter((index) => index % shard.count === shard.index - 1);
}
