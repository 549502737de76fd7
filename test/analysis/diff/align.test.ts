import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alignSequences } from "../../../src/analysis/diff/align.ts";

const letters = (text: string): readonly string[] => Array.from(text);
const common = (a: string, b: string): string =>
  alignSequences(letters(a), letters(b))
    .map(([i]) => a[i])
    .join("");

/** Length of the longest common subsequence, by its definition. */
function longest(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  if (a[0] === b[0]) return 1 + longest(a.slice(1), b.slice(1));
  return Math.max(longest(a.slice(1), b), longest(a, b.slice(1)));
}

describe("alignSequences", () => {
  it.each([
    ["abcd", "abcd", "abcd"],
    ["", "abc", ""],
    ["abc", "xbz", "b"],
    ["abcde", "acxde", "acde"],
    ["aab", "ab", "ab"],
  ])("%s and %s have %s", (a, b, expected) => {
    expect(common(a, b)).toBe(expected);
  });

  it("pairs equal keys, rising, and as many as can be", () => {
    const word = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const pairs = alignSequences(a, b);
        for (const [i, j] of pairs) expect(a[i]).toBe(b[j]);
        for (const [n, [i, j]] of pairs.slice(1).entries()) {
          expect(i).toBeGreaterThan(pairs[n]?.[0] ?? Infinity);
          expect(j).toBeGreaterThan(pairs[n]?.[1] ?? Infinity);
        }
        expect(pairs).toHaveLength(longest(a, b));
      }),
    );
  });

  it("answers at once for long lists that share little", () => {
    const a = Array.from({ length: 30_000 }, (_, i) => `a${i % 7}${i}`);
    const b = Array.from({ length: 30_000 }, (_, i) => (i % 1000 === 500 ? `a${i % 7}${i}` : `b${i}`));
    const pairs = alignSequences(a, b);
    expect(pairs).toHaveLength(30);
    for (const [i, j] of pairs) expect(a[i]).toBe(b[j]);
  });
});
