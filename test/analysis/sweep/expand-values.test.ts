import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expandValues, variantLimit } from "../../../src/analysis/sweep/expand-values.ts";

function values(text: string): readonly string[] | string {
  const expanded = expandValues("width", text);
  return expanded.ok ? expanded.value : expanded.problem.message;
}

describe("expandValues", () => {
  it.each([
    ["0.35,0.5,0.75,1.0", ["0.35", "0.5", "0.75", "1.0"]],
    ["96..224/32", ["96", "128", "160", "192", "224"]],
    ["96..100/3", ["96", "99"]],
    ["7..7/1", ["7"]],
    ["0.1..0.5/0.1", ["0.1", "0.2", "0.3", "0.4", "0.5"]],
    ["-0.2..0.1/0.1", ["-0.2", "-0.1", "0", "0.1"]],
    ["1e-3..3e-3/1e-3", ["0.001", "0.002", "0.003"]],
    ["1K..2K/0.5K", ["1000", "1500", "2000"]],
    ["0.35, 0.5..1/0.25 ,1.4", ["0.35", "0.5", "0.75", "1", "1.4"]],
    ["0.5,0.25..1/0.25,1.0", ["0.5", "0.25", "0.75", "1"]],
    ["relu,hswish", ["relu", "hswish"]],
    ["true,false", ["true", "false"]],
    ["../a,b..c", ["../a", "b..c"]],
  ])("%s", (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it.each([
    ["", '"width" has an empty value in "".'],
    ["1,,2", '"width" has an empty value in "1,,2".'],
    ["96..224", 'The range "96..224" of "width" has no step.'],
    ["96..x/32", '"96..x/32" of "width" is no range of numbers.'],
    ["96..224/", '"96..224/" of "width" is no range of numbers.'],
    ["1..2/1/2", '"1..2/1/2" of "width" is no range of numbers.'],
    ["1..1e999999999/1", '"1..1e999999999/1" of "width" is no range of numbers.'],
    ["1..2/0", 'The range "1..2/0" of "width" has the step 0.'],
    ["2..1/-0.5", 'The range "2..1/-0.5" of "width" has the step -0.5.'],
    ["2..1/0.5", 'The range "2..1/0.5" of "width" ends below its start.'],
    [
      "0..1/0.00001",
      `The range "0..1/0.00001" of "width" has 100001 values, and a sweep at most ${variantLimit} variants.`,
    ],
  ])("refuses %j", (text, message) => {
    expect(values(text)).toBe(message);
  });

  it("counts in decimals: every value is its index times the step, exactly as people would write it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -500, max: 500 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 40 }),
        (from, by, steps) => {
          const written = (thousandths: number): string => String(Number((thousandths / 1000).toFixed(3)));
          const text = `${written(from)}..${written(from + by * steps)}/${written(by)}`;
          expect(values(text)).toEqual(Array.from({ length: steps + 1 }, (_, i) => written(from + by * i)));
        },
      ),
    );
  });
});
