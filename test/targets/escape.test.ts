import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { claimIdentifier, commentLines, commentText, stringLiteral, templateText } from "../../src/targets/escape.ts";

const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("\\", '"', "`", "$", "{", "}", "*", "/", "\n", "\u2028", "a") }),
);
const evaluate = (code: string): unknown => runInNewContext(code);

describe("escape", () => {
  it("a string literal reads back as the text, on one line, in JavaScript and JSON", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const literal = stringLiteral(text);
        expect(evaluate(literal)).toBe(text);
        expect(JSON.parse(literal)).toBe(text);
        expect(literal).not.toMatch(/[\n\r\u2028\u2029\u202e]/);
      }),
    );
  });

  it("template text reads back as the text, and runs nothing", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(evaluate(`\`${templateText(text)}\``)).toBe(text);
      }),
    );
  });

  it("a comment ends where it should", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(evaluate(`/* ${commentText(text)} */ 7`)).toBe(7);
        expect(evaluate(`[ // ${commentText(text)}\n 7][0]`)).toBe(7);
      }),
    );
    expect(commentText("a */ b")).toBe("a * / b");
    expect(commentText("**/*/")).toBe("** / * /");
    expect(commentText("https://a.b")).toBe("https://a.b");
  });

  it("splits lines at every line end", () => {
    expect(commentLines("a\r\nb\rc\u2028d")).toEqual(["a", "b", "c", "d"]);
  });

  it("claims names that are free, and says which it gave", () => {
    const taken = new Set(["block"]);
    expect(claimIdentifier("bottleneck", "block", taken)).toBe("bottleneck");
    expect(claimIdentifier("bottleneck", "block", taken)).toBe("bottleneck2");
    expect(claimIdentifier("class", "block", taken)).toBe("block2");
    expect(claimIdentifier("a b", "block", taken)).toBe("block3");
    expect(claimIdentifier("__proto__", "block", taken)).toBe("block4");
    expect(claimIdentifier("", "class", taken)).toBe("class2");
    expect([...taken]).toEqual(["block", "bottleneck", "bottleneck2", "block2", "block3", "block4", "class2"]);
  });
});
