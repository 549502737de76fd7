import { describe, expect, it } from "vitest";
import { compareTensors } from "../../src/reference/compare.ts";

const expected = Float64Array.from({ length: 100 }, (_unused, i) => Math.sin(i) * 4);
const bound = { relative: 1e-4 };
const changed = (at: number, value: number) => Float32Array.from(expected, (x, i) => (i === at ? value : x));

describe("compareTensors", () => {
  it("accepts what lies within the bound", () => {
    const comparison = compareTensors(expected, Float32Array.from(expected), bound);
    expect(comparison).toMatchObject({ agrees: true, reason: null });
    expect(comparison.maxError).toBeGreaterThan(0);
    expect(comparison.bound).toBeCloseTo(1e-4 * Math.max(...expected.map(Math.abs)), 12);
  });

  it("catches the last element off by one part in a hundred", () => {
    const last = expected[99] ?? NaN;
    const comparison = compareTensors(expected, changed(99, last * 1.01), bound);
    expect(comparison).toMatchObject({ agrees: false, at: 99 });
    expect(comparison.reason).toMatch(
      /^Element 99 is -?\d+\.\d+, expected -?\d+\.\d+: off by 0\.\d+, over the bound 0\.000\d+\.$/,
    );
  });

  it("catches the first element off", () => {
    expect(compareTensors(expected, changed(0, 0.01), bound)).toMatchObject({ agrees: false, at: 0 });
  });

  it("catches NaN and infinities on either side, and on both", () => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      expect(compareTensors(expected, changed(7, bad), { relative: 1e9 })).toMatchObject({
        agrees: false,
        at: 7,
        maxError: Infinity,
      });
      expect(compareTensors(changed(7, bad), expected, { relative: 1e9 })).toMatchObject({ agrees: false, at: 7 });
      expect(compareTensors(changed(7, bad), changed(7, bad), { relative: 1e9 })).toMatchObject({
        agrees: false,
        at: 7,
      });
    }
    expect(compareTensors([1], [NaN], bound).reason).toBe("Element 0 is NaN, expected 1.");
  });

  it("catches another length, and nothing at all", () => {
    const short = compareTensors(expected, Float32Array.from(expected).subarray(0, 99), bound);
    expect(short).toMatchObject({ agrees: false, at: null, reason: "Expected 100 values, found 99." });
    expect(compareTensors(expected, [], bound).agrees).toBe(false);
  });

  it("catches a shift by one element and swapped neighbours", () => {
    const shifted = Float32Array.from(expected, (_x, i) => expected[(i + 1) % 100] ?? NaN);
    expect(compareTensors(expected, shifted, bound).agrees).toBe(false);
    const swapped = Float32Array.from(expected);
    swapped[50] = expected[51] ?? NaN;
    swapped[51] = expected[50] ?? NaN;
    expect(compareTensors(expected, swapped, bound).agrees).toBe(false);
  });

  it("allows nothing on a value of zeros, unless an absolute bound does", () => {
    expect(compareTensors([0, 0], [0, 0], bound).agrees).toBe(true);
    expect(compareTensors([0, 0], [0, 1e-30], bound)).toMatchObject({ agrees: false, at: 1, relativeError: Infinity });
    expect(compareTensors([0, 0], [0, 1e-30], { ...bound, absolute: 1e-20 }).agrees).toBe(true);
  });

  it("refuses under a bound that is not a number", () => {
    expect(compareTensors([1], [1.5], { relative: NaN }).agrees).toBe(false);
  });
});
