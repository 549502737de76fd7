/** Joins words as a sentence lists them: `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[], conjunction: "and" | "or"): string {
  const [last = "", ...others] = [...words].reverse();
  return others.length === 0 ? last : `${others.reverse().join(", ")} ${conjunction} ${last}`;
}
