import { describe, expect, it } from "vitest";
import { fixSpec } from "../../../src/lint/fix-spec.ts";
import { createSource } from "../../../src/text/source.ts";
import { lintText } from "../lint-text.ts";

function safelyFixed(text: string): string {
  const request = { network: null, set: new Map<string, string>(), read: () => null };
  return fixSpec(createSource("spec.mnet", text), request, false).changed.get("spec.mnet")?.text ?? text;
}

const codes = (text: string) => lintText(text).map(({ code }) => code);

describe("safe fixes leave alone", () => {
  it("a dilation that does nothing in one use of a block and something in another", () => {
    const text = `block wide(k, c) {\n  conv k c dilation=2 act=relu padding=same\n}\nnetwork N {\n  input image [32, 32, 16]\n  wide 1 16\n  wide 3 16\n  pool avg\n}\n`;
    expect(codes(text)).toContain("dilation-on-1x1");
    expect(safelyFixed(text)).toBe(text);
  });

  it("an activation that does nothing in one use of a block and something in another", () => {
    const text = `block rise(c) {\n  act relu\n  conv 3x3 c padding=same\n}\nnetwork N {\n  input image [32, 32, 16]\n  conv 3x3 16 act=relu padding=same\n  rise 16\n  rise 16\n  pool avg\n}\n`;
    expect(codes(text)).toContain("stacked-activation");
    expect(safelyFixed(text)).toBe(text);
  });

  it("a bias that a norm cancels in one use of a block only", () => {
    const text = `block plain(c) {\n  conv 3x3 c bias=true padding=same\n}\nnetwork N {\n  input image [32, 32, 16]\n  plain 16\n  norm batch\n  act relu\n  plain 16\n  act relu\n  pool avg\n}\n`;
    expect(codes(text)).toContain("bias-before-bn");
    expect(safelyFixed(text)).toBe(text);
  });

  it("first values of weights, and the name of a family", () => {
    const init = `network N family=moblienet_v2 {\n  input image [32, 32, 64]\n  conv 3x3 64 act=relu init=normal(1.0)\n  pool avg\n}\n`;
    expect(codes(init)).toEqual(expect.arrayContaining(["init-out-of-range", "unknown-family"]));
    expect(safelyFixed(init)).toBe(init);
  });
});

describe("first values", () => {
  it("alike in filters that read one channel are a fault, in a conv and in a depthwise with a multiplier", () => {
    for (const layer of ["conv 3x3 64", "depthwise 3x3 multiplier=2"]) {
      const text = `network N {\n  input image [32, 32, 64]\n  ${layer} act=relu padding=same init=constant(0.1)\n  pool avg\n}\n`;
      expect(codes(text)).toContain("init-out-of-range");
    }
  });

  it("of a bias are judged in a hidden layer, and not in the head of a detector", () => {
    const text = (hidden: string, last: string) =>
      `network N {\n  input image [32, 32, 64]\n  conv 3x3 64 act=relu padding=same ${hidden}\n  conv 1x1 4 act=sigmoid ${last}\n}\n`;
    expect(codes(text("bias_init=constant(-2.19)", ""))).toEqual(["init-out-of-range"]);
    expect(codes(text("", "bias_init=constant(-2.19)"))).toEqual([]);
  });
});
