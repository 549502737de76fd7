import { describe, expect, it } from "vitest";
import { countVariants, variantAt, variantIndices } from "../../../src/analysis/sweep/variants.ts";

const axes = [
  { name: "width", values: ["0.5", "1"] },
  { name: "size", values: ["96", "128", "160"] },
];
const setting = (index: number) => [...variantAt(axes, index)].map((pair) => pair.join("=")).join(" ");

describe("variants", () => {
  it("are every combination, the last axis fastest", () => {
    expect(countVariants(axes)).toEqual({ ok: true, value: 6 });
    expect([0, 1, 2, 3, 4, 5].map(setting)).toEqual([
      "width=0.5 size=96",
      "width=0.5 size=128",
      "width=0.5 size=160",
      "width=1 size=96",
      "width=1 size=128",
      "width=1 size=160",
    ]);
  });

  it("are one where nothing is set", () => {
    expect(countVariants([])).toEqual({ ok: true, value: 1 });
    expect(variantAt([], 0)).toEqual(new Map());
  });

  it("are limited, with the numbers", () => {
    const many = Array.from({ length: 3 }, (_, i) => ({ name: `p${i}`, values: Array<string>(100).fill("1") }));
    expect(countVariants(many)).toEqual({
      ok: false,
      problem: {
        message:
          'The sweep has 1000000 variants (100 of "p0", 100 of "p1", 100 of "p2"), but at most 100000 are allowed.',
        hint: "Give fewer values, or sweep one part after the other.",
      },
    });
  });

  it("fall into shards, each into exactly one", () => {
    const shards = [1, 2, 3, 4].map((index) => variantIndices(10, { index, count: 4 }));
    expect(shards).toEqual([
      [0, 4, 8],
      [1, 5, 9],
      [2, 6],
      [3, 7],
    ]);
    expect(shards.flat().sort((a, b) => a - b)).toEqual(variantIndices(10, null));
  });
});
