import fc from "fast-check";
import { expect, test } from "vitest";
import { lowerBoundBytes, type Lifetime } from "../../../../src/targets/webgpu/memory/lifetimes.ts";
import { placeValues } from "../../../../src/targets/webgpu/memory/place-values.ts";

const MOST = 2 ** 28;

/** A chain: value i is written by step i - 1 from value i - 1, and `kept[i]` steps longer alive than that. */
function chain(sizes: readonly number[], kept: readonly number[] = []): readonly Lifetime[] {
  return sizes.map((bytes, value) => ({
    value,
    bytes,
    born: value - 1,
    dies: value + (kept[value] ?? 0),
    neighbours: new Set([value - 1, value + 1].filter((other) => other >= 0 && other < sizes.length)),
  }));
}

test("a chain needs two buffers, as large as its largest neighbours", () => {
  const lifetimes = chain([100, 800, 300, 1000, 200].map((kib) => kib * 1024));
  const { buffers } = placeValues(lifetimes, MOST, lowerBoundBytes(lifetimes));
  expect(buffers.toSorted((a, b) => b - a)).toEqual([1000 * 1024, 300 * 1024]);
});

test("the bound counts what is alive at once", () => {
  expect(lowerBoundBytes(chain([1, 2, 4, 8], [1]))).toBe(12);
  expect(lowerBoundBytes(chain([1, 2, 4, 8], [2]))).toBe(13);
});

test("no buffer grows over the limit", () => {
  const lifetimes = Array.from({ length: 6 }, (_unused, value): Lifetime => ({
    value,
    bytes: 1000,
    born: -1,
    dies: 9,
    neighbours: new Set(),
  }));
  const { buffers } = placeValues(lifetimes, 2048, 6000);
  expect(buffers).toEqual([2048, 2048, 2048]);
});

test("places never clash, whatever the lifetimes; and the same input gives the same places", () => {
  const values = fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 5000 }), kept: fc.nat(6), with: fc.nat(20) }), {
    minLength: 1,
    maxLength: 24,
  });
  fc.assert(
    fc.property(values, (wishes) => {
      const neighbours = wishes.map(() => new Set<number>());
      wishes.forEach(({ with: wish }, value) => {
        for (const other of [value - 1, wish % (value + 1)]) {
          if (other < 0 || other === value) continue;
          neighbours[value]?.add(other);
          neighbours[other]?.add(value);
        }
      });
      const lifetimes = wishes.map(({ bytes, kept }, value) => ({
        value,
        bytes,
        born: value - 1,
        dies: Math.max(value + kept, ...[...(neighbours[value] ?? [])].map((other) => other - 1)),
        neighbours: neighbours[value] ?? new Set<number>(),
      }));
      const bound = lowerBoundBytes(lifetimes);
      const { places, buffers } = placeValues(lifetimes, MOST, bound);
      expect(buffers.reduce((sum, size) => sum + size, 0)).toBeGreaterThanOrEqual(bound);
      lifetimes.forEach((a, i) => {
        const here = places[i]!;
        expect(here.offset % 256).toBe(0);
        expect(here.offset + here.size).toBeLessThanOrEqual(buffers[here.buffer]!);
        lifetimes.slice(i + 1).forEach((b, j) => {
          const there = places[i + 1 + j]!;
          if (a.neighbours.has(b.value)) expect(here.buffer).not.toBe(there.buffer);
          const together = a.born <= b.dies && b.born <= a.dies;
          const overlap = here.offset < there.offset + there.size && there.offset < here.offset + here.size;
          expect(together && here.buffer === there.buffer && overlap).toBe(false);
        });
      });
      expect(placeValues(lifetimes, MOST, bound)).toEqual({ places, buffers });
    }),
    { numRuns: 150 },
  );
});
