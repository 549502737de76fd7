import fc from "fast-check";
import { expect, test } from "vitest";
import { cheapestCut } from "../../../../src/targets/webgpu/fusion/cheapest-cut.ts";

interface Way {
  readonly at: number;
  readonly length: number;
  readonly cost: number;
}

const costOf = ({ cost }: Way) => cost;
const cut = (count: number, ways: readonly Way[]) =>
  cheapestCut(count, (at) => ways.filter((way) => way.at === at), costOf);

/** The least cost by trying every cut. */
function least(count: number, ways: readonly Way[], from = 0): number {
  if (from === count) return 0;
  const costs = ways
    .filter(({ at, length }) => at === from && from + length <= count)
    .map(({ length, cost }) => cost + least(count, ways, from + length));
  return Math.min(Infinity, ...costs);
}

test("no other cut costs less, and the ways follow on each other", () => {
  const count = 6;
  const way = fc.record({ at: fc.nat(count - 1), length: fc.integer({ min: 1, max: 4 }), cost: fc.nat(50) });
  const singles = Array.from({ length: count }, (_unused, at) => ({ at, length: 1, cost: 20 }));
  fc.assert(
    fc.property(fc.array(way, { maxLength: 20 }), (more) => {
      const ways = [...singles, ...more];
      const chosen = cut(count, ways);
      let at = 0;
      for (const next of chosen) {
        expect(next.at).toBe(at);
        at += next.length;
      }
      expect(at).toBe(count);
      expect(chosen.reduce((sum, { cost }) => sum + cost, 0)).toBe(least(count, ways));
    }),
  );
});

test("of ways that cost the same the earlier is taken", () => {
  const first = { at: 0, length: 1, cost: 3 };
  const second = { at: 0, length: 1, cost: 3 };
  expect(cut(1, [first, second])[0]).toBe(first);
  expect(cut(1, [second, first])[0]).toBe(second);
});

test("a place that no way covers is a fault of the caller", () => {
  expect(() => cut(2, [{ at: 1, length: 1, cost: 1 }])).toThrow("place 0 is in no way");
});
