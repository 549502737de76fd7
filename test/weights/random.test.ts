import { describe, expect, it } from "vitest";
import { isSeed, randomSource } from "../../src/weights/random.ts";

const draw = (seed: number, stream: string, count = 8) => {
  const random = randomSource(seed, stream);
  return Array.from({ length: count }, () => random.uniform());
};

describe("randomSource", () => {
  it("repeats itself for a seed and a name", () => {
    expect(draw(1, "stem/kernel")).toEqual(draw(1, "stem/kernel"));
    // Frozen: a checkpoint made from a seed must come out the same in every version.
    expect(draw(1, "stem/kernel", 3)).toMatchInlineSnapshot(`
      [
        0.6236012057465371,
        0.8386513602660629,
        0.22060650566982798,
      ]
    `);
  });

  it("differs for another seed, the seed's upper bits and another name", () => {
    const first = draw(1, "stem/kernel")[0];
    expect(draw(2, "stem/kernel")[0]).not.toBe(first);
    expect(draw(1 + 2 ** 32, "stem/kernel")[0]).not.toBe(first);
    expect(draw(1, "stem/kernem")[0]).not.toBe(first);
    const names = Array.from({ length: 2000 }, (_unused, i) => draw(1, `bottleneck${i}/kernel`, 1)[0]);
    expect(new Set(names).size).toBe(2000);
  });

  it("spreads evenly over [0, 1)", () => {
    const counts = new Array<number>(10).fill(0);
    for (const value of draw(7, "spread", 100_000)) {
      expect(value >= 0 && value < 1).toBe(true);
      counts[Math.floor(value * 10)]! += 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it("gives normal deviates: mean 0, variance 1, kurtosis 3, and no memory", () => {
    const random = randomSource(7, "normal");
    const values = Array.from({ length: 100_000 }, () => random.normal());
    const mean = (f: (x: number, i: number) => number) =>
      values.reduce((sum, x, i) => sum + f(x, i), 0) / values.length;
    expect(mean((x) => x)).toBeCloseTo(0, 1);
    expect(Math.abs(mean((x) => x * x) - 1)).toBeLessThan(0.02);
    expect(Math.abs(mean((x) => x ** 4) - 3)).toBeLessThan(0.15);
    expect(Math.abs(mean((x, i) => x * (values[i + 1] ?? 0)))).toBeLessThan(0.02);
  });

  it("takes whole seeds from 0 to 2^53 - 1", () => {
    expect([0, 1, 2 ** 53 - 1].every(isSeed)).toBe(true);
    expect([-1, 0.5, NaN, Infinity, 2 ** 53].some(isSeed)).toBe(false);
    expect(() => randomSource(-1, "x")).toThrow("seed -1");
  });
});
