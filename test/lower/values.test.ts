import { describe, expect, it } from "vitest";
import { divisible } from "../../src/language/functions.ts";
import { compiled, findings, network } from "../support/compile-text.ts";

/** Output shape of a one-layer network whose filters are an expression. */
function filters(expression: string, before = ""): number {
  const { training } = compiled(network(`${before}conv 1x1 (${expression})`));
  return training.nodes.at(-1)?.shape.at(-1) ?? 0;
}

describe("expressions", () => {
  it.each([
    ["7 + 2 * 3", 13],
    ["(7 + 2) * 3", 27],
    ["-2 + 5", 3],
    ["2 * -3 + 9", 3],
    ["17 % 5", 2],
    ["9 / 3 / 3", 1],
    ["select(3 > 2 and not false, 4, 5)", 4],
    ["select(1 == 2 or 3 != 3, 4, 5)", 5],
    ["max(3, 9, 4)", 9],
    ["min(3, 9, 4)", 3],
    ["ceil(2.1) + floor(2.9) + round(2.5)", 8],
    ["divisible(30, 8)", 32],
    ["divisible(9, 8)", 16],
    ["divisible(100, 8, limit=0.999)", 104],
    ["1.6K / 100", 16],
    ["16e0", 16],
  ])("%s is %d", (expression, value) => {
    expect(filters(expression)).toBe(value);
  });

  it("sees lets and functions declared above", () => {
    expect(filters("ch(8)", "let w = 0.75\nlet ch(c) = divisible(c * w, 4)\n")).toBe(8);
  });

  it("does not evaluate the arm of a select that is not chosen", () => {
    expect(filters("select(true, 4, 1 / 0)")).toBe(4);
  });

  it.each([
    ["1 + true", "3:15 value/kind Expected a number, found true."],
    ["select(1, 2, 3)", "3:18 value/kind Expected true or false, found 1."],
    ["1 / 0", "3:10 value/not-finite Expected a finite number, found Infinity."],
    ["ch", '3:11 name/unknown-value There is no value "ch" here.'],
    ["floor", '3:11 name/function-as-value "floor" is a function, not a value.'],
    ["in.c", '3:11 name/no-block-input "in.c" is the input of a block, and this is not in one.'],
    ["floor(1, 2)", '3:11 call/argument-count "floor" takes 1 argument, but is given 2.'],
    ["divisible(8)", '3:11 call/argument-count "divisible" takes 2 or 3 arguments, but is given 1.'],
    ['"a" == 3', '3:10 value/kind Expected two values of one kind around "==", found the string "a" and 3.'],
  ])("%s is refused", (expression, finding) => {
    expect(findings(network(`conv 1x1 (${expression})`))).toEqual([finding]);
  });

  it("refuses a function that calls itself or one below it", () => {
    expect(findings(network("let f(x) = f(x)\nconv 1x1 f(3)"))).toEqual([
      '3:12 name/unknown-function There is no function "f" here.',
    ]);
    expect(findings(network("let f(x) = g(x)\nlet g(x) = f(x)\nconv 1x1 f(3)"))[0]).toMatch(
      /^3:12 name\/unknown-function/,
    );
  });

  it("refuses names of symbols, functions and earlier values", () => {
    expect(findings(network("let same = 3\nlet min = 2\nlet a = 1\nlet a = 2\nconv 1x1 4"))).toEqual([
      '3:5 name/reserved "same" is a symbol of the language, so no value can have that name.',
      '4:5 name/reserved "min" is a function of the language, so no value can have that name.',
      '6:5 name/duplicate There is a value "a" already.',
    ]);
  });
});

describe("divisible", () => {
  it("bumps up where rounding would lose more than a tenth", () => {
    expect([divisible(11.2, 8), divisible(8.4, 8), divisible(4, 8), divisible(32 * 0.35, 8)]).toEqual([16, 8, 8, 16]);
  });
});
