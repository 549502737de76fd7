/** One of the most likely classes. */
export interface TopClass {
  readonly index: number;
  /** Null if the spec names no classes. */
  readonly label: string | null;
  readonly value: number;
}

/** Returns the `count` largest values. Equal values are in the order of their indices. NaN is left out. */
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

/** Returns true if the numbers can be the result of a softmax: they are from 0 to 1, and their sum is 1. */
export function areProbabilities(values: ArrayLike<number>): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (!(value >= 0 && value <= 1)) return false;
    sum += value;
  }
  return Math.abs(sum - 1) < 1e-3;
}
