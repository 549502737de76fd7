import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tokenize } from "../../grammar/lexer.ts";
import { createSource } from "../../src/text/source.ts";
import { printProgram } from "./print-program.ts";
import { program } from "./random-program.ts";
import { parseText, visitSpans, withoutSpans } from "./tree-text.ts";

/** Pieces of programs in any order: far more of them reach the parser's recovery than random characters do. */
const pieces = [
  ..."network block param let input output default assert import if else branch path in first and or not true false".split(
    " ",
  ),
  ...'{ } { } ( ) [ ] , : . .. = == != < <= + - * / % | | -> /// // " |---|'.split(" "),
  ...'a b conv ch( 32 3x3 1.5 5k 1. "s" $ from= step in.c n\n'.split(" "),
  "\n",
  "\r\n",
  "\n  ",
];
const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(" "));
const anyText = fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), soup);

/** A good program with one stretch of it taken out, doubled or replaced. */
const mutilated = fc
  .record({
    text: program.map(printProgram),
    at: fc.nat(),
    length: fc.nat({ max: 12 }),
    put: fc.constantFrom("", ...pieces),
  })
  .map(({ text, at, length, put }) => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + put + text.slice(start + length);
  });

function expectSoundTree(text: string): void {
  const { file, diagnostics } = parseText(text);
  expect(file.kind).toBe("file");
  for (const { span, message, hint } of diagnostics) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(text.length);
    expect(message).not.toMatch(/undefined|NaN|Expecting|\n/);
    expect(hint).not.toBeNull();
  }
  visitSpans(file, ({ span }, parent) => {
    expect(Number.isInteger(span.start) && Number.isInteger(span.end)).toBe(true);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    if (parent) {
      expect(span.start).toBeGreaterThanOrEqual(parent.span.start);
      expect(span.end).toBeLessThanOrEqual(parent.span.end);
    }
  });
}

describe("any text", () => {
  it("has a tree whose spans nest, and findings that lie in it", () => {
    fc.assert(fc.property(anyText, expectSoundTree), { numRuns: 600, seed: 1 });
    fc.assert(fc.property(mutilated, expectSoundTree), { numRuns: 150, seed: 2 });
  });

  it("gives the same findings twice", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(parseText(text)).toEqual(parseText(text));
      }),
      { numRuns: 100, seed: 3 },
    );
  });
});

describe("a program without faults", () => {
  it("is read back from its text, tree for tree", () => {
    fc.assert(
      fc.property(program, (items) => {
        const { file, diagnostics } = parseText(printProgram(items));
        expect(diagnostics).toEqual([]);
        expect(withoutSpans(file.items)).toEqual(items);
      }),
      { numRuns: 200, seed: 4 },
    );
  });
});

describe("a program with a fault", () => {
  it("has nothing whole where the fault is", () => {
    fc.assert(
      fc.property(mutilated, (text) => {
        const { file, diagnostics } = parseText(text);
        for (const { span, code } of diagnostics) {
          if (code === "syntax/empty-file") continue;
          const around = file.items.filter((item) => item.span.start <= span.start && span.start <= item.span.end);
          for (const item of around) {
            if ("broken" in item) expect(item.broken).toBe(true);
            else if (item.kind === "let") expect(item.value.kind).toBe("hole");
            else expect(item.path).toBeNull();
          }
          if (around.length === 0) {
            const unread = file.incomplete || file.items.some((item) => "broken" in item && item.broken);
            expect(unread || file.items.some(({ kind }) => kind === "let" || kind === "import")).toBe(true);
          }
        }
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it("is never read as another program without a word", () => {
    // A good program without one of its brackets or braces cannot be good.
    const cut = program.chain((items) => {
      const text = printProgram(items);
      const { tokens } = tokenize(createSource("test.mnet", text));
      const places = tokens.filter(({ image }) => /^[()[\]{}]$/.test(image)).map(({ startOffset }) => startOffset);
      return fc.constantFrom(...places).map((at) => text.slice(0, at) + text.slice(at + 1));
    });
    fc.assert(
      fc.property(cut, (text) => {
        expect(parseText(text).diagnostics.length).toBeGreaterThan(0);
      }),
      { numRuns: 150, seed: 6 },
    );
  });
});
