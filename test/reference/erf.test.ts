import { expect, it } from "vitest";
import { erf, erfc } from "../../src/reference/erf.ts";

/** x, erf(x), erfc(x) from a C library. Around 2 the two methods meet. */
const table = [
  [0.1, 0.1124629160182849, 0.8875370839817152],
  [0.5, 0.5204998778130465, 0.4795001221869535],
  [1, 0.8427007929497149, 0.15729920705028513],
  [1.5, 0.9661051464753108, 0.033894853524689274],
  [1.999, 0.9953015566513705, 0.004698443348629488],
  [2, 0.9953222650189527, 0.004677734981047265],
  [2.001, 0.9953428907185247, 0.00465710928147535],
  [3, 0.9999779095030014, 2.2090496998585438e-5],
  [5.9, 0.9999999999999999, 7.190409783550478e-17],
] as const;

it("computes erf and erfc to within 1e-15", () => {
  for (const [x, whole, rest] of table) {
    expect(Math.abs(erf(x) - whole)).toBeLessThan(1e-15);
    expect(erf(-x)).toBe(-erf(x));
    expect(Math.abs(erfc(x) - rest)).toBeLessThan(x < 2 ? 1e-15 : 1e-14 * rest);
    expect(erfc(-x)).toBe(2 - erfc(x));
  }
});

it("has its limits and hands a NaN on", () => {
  expect([erf(0), erfc(0), erf(Infinity), erf(-Infinity), erfc(Infinity)]).toEqual([0, 1, 1, -1, 0]);
  expect(erf(NaN)).toBeNaN();
  expect(erfc(NaN)).toBeNaN();
});
