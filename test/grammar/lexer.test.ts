import { Lexer } from "chevrotain";
import { describe, expect, it } from "vitest";
import { dimsValues, numberValue, tokenize } from "../../grammar/lexer.ts";
import { allTokens } from "../../grammar/tokens.ts";
import { createSource } from "../../src/text/source.ts";

function lex(text: string) {
  return tokenize(createSource("test.mnet", text));
}

function tokens(text: string): string[] {
  return lex(text).tokens.map(({ tokenType, image }) => `${tokenType.name} ${image}`);
}

function codes(text: string): string[] {
  return lex(text).diagnostics.map(({ code, span }) => `${String(span.start)}-${String(span.end)} ${code}`);
}

describe("the vocabulary", () => {
  it("passes chevrotain's own checks", () => {
    const lexer = new Lexer([...allTokens], { positionTracking: "onlyOffset", ensureOptimizations: true });
    expect(lexer.lexerDefinitionErrors).toEqual([]);
  });
});

describe("numbers and dims", () => {
  it.each(["32", "0.75", "1e-3", "1E+3", "3.6M", "10K", "1e2G", "007"])("reads %s as one number", (text) => {
    expect(tokens(text)).toEqual([`Number ${text}`]);
    expect(codes(text)).toEqual([]);
  });

  it.each(["3x3", "224x224x3", "0x10"])("reads %s as dims", (text) => {
    expect(tokens(text)).toEqual([`Dims ${text}`]);
  });

  it.each(["5k", "3xk", "1.", ".5", "1.5x3", "3x3K", "3_", "1e", "1.2.3", "5e3x", "0.5KM", "1e+5k", "3X3"])(
    "reads %s as one bad token with one error",
    (text) => {
      expect(tokens(text)).toEqual([`BadNumber ${text}`]);
      expect(codes(text)).toEqual([`0-${String(text.length)} syntax/bad-number`]);
    },
  );

  it("takes two points for a range, with and without blanks", () => {
    expect(tokens("1..2")).toEqual(["Number 1", "Range ..", "Number 2"]);
    expect(tokens("0.1 .. 2.0")).toEqual(["Number 0.1", "Range ..", "Number 2.0"]);
  });

  it("reads suffixes as decimal exponents", () => {
    expect(numberValue("3.6M")).toBe(3.6e6);
    expect(numberValue("1.005K")).toBe(1005);
    expect(numberValue("0.3G")).toBe(0.3e9);
    expect(numberValue("1e2K")).toBe(1e5);
    expect(numberValue("1e-3")).toBe(0.001);
    expect(dimsValues("224x224x3")).toEqual([224, 224, 3]);
  });

  it("refuses what no double holds", () => {
    expect(codes("1e999")).toEqual(["0-5 syntax/bad-number"]);
    expect(codes(`3x${"9".repeat(400)}`)).toEqual(["0-402 syntax/bad-number"]);
  });
});

describe("strings", () => {
  it.each(['"a b"', String.raw`"\" \\ \/ \b \f \n \r \t \u00e9"`, '"ünï 日本 \u2028"', '""', '"// no comment"'])(
    "reads %s",
    (text) => {
      expect(tokens(text)).toEqual([`String ${text}`]);
    },
  );

  it.each([String.raw`"\q"`, String.raw`"\u12"`, '"\t"', String.raw`"a\'b"`])("refuses %s", (text) => {
    expect(tokens(text)).toEqual([`BadString ${text}`]);
    expect(codes(text)).toEqual([`0-${String(text.length)} syntax/bad-string`]);
  });

  it("ends an unterminated string with its line, as one error", () => {
    expect(tokens('"abc // x\nconv')).toEqual(['UnterminatedString "abc // x', "Newline \n", "Identifier conv"]);
    expect(codes('"abc // x\nconv')).toEqual(["0-9 syntax/unterminated-string"]);
    expect(codes('"abc\\')).toEqual(["0-5 syntax/unterminated-string"]);
    expect(codes(String.raw`"abc\"`)).toEqual(["0-6 syntax/unterminated-string"]);
  });
});

describe("names, keywords, comments, lines", () => {
  it("tells keywords from names that begin with one", () => {
    expect(tokens("in input inputs _in first1")).toEqual([
      "In in",
      "Input input",
      "Identifier inputs",
      "Identifier _in",
      "Identifier first1",
    ]);
  });

  it("takes exactly three slashes for a doc", () => {
    expect(tokens("/// doc\n//// comment\n// comment")).toEqual(["Doc /// doc", "Newline \n", "Newline \n"]);
    expect(lex("/// doc\n//// comment\n// comment").comments.map(({ image }) => image)).toEqual([
      "//// comment",
      "// comment",
    ]);
  });

  it("ends lines with CR, LF and CRLF", () => {
    expect(tokens("a\rb\nc\r\nd").filter((token) => token.startsWith("Newline"))).toEqual([
      "Newline \r",
      "Newline \n",
      "Newline \r\n",
    ]);
  });

  it("skips a byte-order mark at the start only, and moves no offset", () => {
    expect(lex("\uFEFFconv").tokens.map(({ startOffset }) => startOffset)).toEqual([1]);
    expect(codes("conv \uFEFF")).toEqual(["5-6 syntax/bad-character"]);
  });

  it("reports a run of foreign characters once", () => {
    expect(codes("a ;;; b ß")).toEqual(["2-5 syntax/bad-character", "8-9 syntax/bad-character"]);
  });

  it("reads a Markdown separator as one token, and no row for one", () => {
    expect(tokens("|---|:-:| --: |")).toEqual(["RowSeparator |---|:-:| --: |"]);
    expect(tokens("| -1 |")).toEqual(["Pipe |", "Minus -", "Number 1", "Pipe |"]);
  });

  it("allows names of 64 characters", () => {
    expect(codes("a".repeat(64))).toEqual([]);
    expect(codes("a".repeat(65))).toEqual(["0-65 syntax/name-too-long"]);
  });
});

describe("limits", () => {
  it("reads a file of 1 MiB and refuses one byte more", () => {
    const full = `//${"x".repeat(1_048_574)}`;
    expect(lex(full).refused).toBe(false);
    expect(lex(`${full}x`)).toMatchObject({ refused: true, diagnostics: [{ code: "syntax/file-too-large" }] });
  });

  it("counts UTF-8 bytes, not units", () => {
    expect(lex(`//${"é".repeat(524_287)}`).refused).toBe(false);
    expect(lex(`//${"é".repeat(524_288)}`).refused).toBe(true);
    expect(lex(`//${"😀".repeat(262_144)}`).refused).toBe(true);
  });

  it("refuses more than 200 000 tokens", () => {
    expect(lex("a ".repeat(200_000)).refused).toBe(false);
    expect(lex("a ".repeat(200_001))).toMatchObject({
      refused: true,
      diagnostics: [{ code: "syntax/file-too-large" }],
    });
  });

  it("is linear on long runs that begin like tokens", () => {
    for (const text of ["1".repeat(500_000) + "a", "1x".repeat(250_000), "|-".repeat(250_000), '"'.repeat(100_000)]) {
      expect(lex(text).tokens.length).toBeGreaterThan(0);
    }
  });
});
