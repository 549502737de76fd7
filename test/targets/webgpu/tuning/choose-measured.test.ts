import { expect, test } from "vitest";
import { chooseMeasured, type MeasuredWay } from "../../../../src/targets/webgpu/tuning/choose-measured.ts";
import { randomSource } from "../../../../src/weights/random.ts";

/** Returns every way to cut the steps from `at` on; null is a step that is left open. */
function cuts(steps: number, ways: readonly MeasuredWay[], at = 0): readonly (readonly (MeasuredWay | null)[])[] {
  if (at === steps) return [[]];
  const open = cuts(steps, ways, at + 1).map((rest) => [null, ...rest]);
  const taken = ways
    .filter(({ step, length }) => step === at && at + length <= steps)
    .flatMap((way) => cuts(steps, ways, at + way.length).map((rest) => [way, ...rest]));
  return [...taken, ...open];
}

test("least time of all cuts, and before that the fewest open steps", () => {
  for (let seed = 0; seed < 40; seed++) {
    const { uniform } = randomSource(seed, "ways");
    const ways = Array.from({ length: 12 }, (): MeasuredWay => {
      return { step: Math.floor(uniform() * 6), length: 1 + Math.floor(uniform() * 3), microseconds: 100 * uniform() };
    }).filter(({ step, length }) => step + length <= 6);
    const value = (cut: readonly (MeasuredWay | null)[]) =>
      cut.reduce((sum, way) => sum + (way?.microseconds ?? 1e6), 0);
    const best = Math.min(...cuts(6, ways).map(value));
    const chosen = chooseMeasured(6, ways);
    const open = 6 - chosen.reduce((sum, { length }) => sum + length, 0);
    expect(value(chosen) + 1e6 * open, `seed ${seed}`).toBeCloseTo(best, 6);
    chosen.slice(1).forEach((way, index) => {
      const before = chosen[index];
      expect(way.step).toBeGreaterThanOrEqual((before?.step ?? 0) + (before?.length ?? 0));
    });
  }
});

test("a slow measured way beats an open step, and of equals the first is taken", () => {
  const slow = { step: 0, length: 2, microseconds: 5e6 };
  const first = { step: 0, length: 1, microseconds: 1 };
  expect(chooseMeasured(2, [first, slow])).toEqual([slow]);
  const second = { ...first };
  expect(chooseMeasured(1, [first, second])[0]).toBe(first);
  expect(chooseMeasured(3, [])).toEqual([]);
});
