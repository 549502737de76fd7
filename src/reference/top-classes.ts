/** One of the most likely classes. */
export interface TopClass {
  readonly index: number;
  /** Null where the spec names no classes. */
  readonly label: string | null;
  readonly value: number;
}

/** Returns the `count` largest values, ties in order of index. NaN is never among them. */
export function topClasses(
  values: ArrayLike<number>,
  labels: readonly string[] | null,
  count = 5,
): readonly TopClass[] {
  return Array.from(values, (value, index) => ({ index, label: labels?.[index] ?? null, value }))
    .filter(({ value }) => !Number.isNaN(value))
    .sort((a, b) => b.value - a.value || a.index - b.index)
    .slice(0, count);
}

/** True for numbers that a softmax gave: they lie in 0 to 1 and sum to 1. */
export function areProbabilities(values: ArrayLike<number>): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (!(value >= 0 && value <= 1)) return false;
    sum += value;
  }
  return Math.abs(sum - 1) < 1e-3;
}
