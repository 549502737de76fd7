import { describe, expect, it } from "vitest";
import { layOut } from "../../grammar/layout.ts";
import { tokenize } from "../../grammar/lexer.ts";
import { createSource } from "../../src/text/source.ts";

function lay(text: string) {
  const source = createSource("test.mnet", text);
  return layOut(source, tokenize(source).tokens);
}

/** Images joined by blanks; a newline that counts is ⏎, the parenthesis of a call (( . */
function laidOut(text: string): string {
  return lay(text)
    .tokens.map(({ tokenType, image }) =>
      tokenType.name === "Newline" ? "⏎" : tokenType.name === "CallParen" ? "((" : image,
    )
    .join(" ");
}

describe("newlines", () => {
  it("drops leading and trailing ones and collapses the rest, comments between or not", () => {
    expect(laidOut("\n\na\n\n// x\n\nb\n\n")).toBe("a ⏎ b");
  });

  it.each([
    ["behind an opening bracket", "f(\n1)", "f (( 1 )"],
    ["behind a bracket of a list", "[\n1]", "[ 1 ]"],
    ["behind a comma", "f(1,\n2)", "f (( 1 , 2 )"],
    ["behind an operator", "(1 +\n2)", "( 1 + 2 )"],
    ["behind a word that is an operator", "(a and\nnot\nb)", "( a and not b )"],
    ["before a closing bracket", "f(1\n)", "f (( 1 )"],
    ["before a comma", "[1\n, 2]", "[ 1 , 2 ]"],
    ["before an operator", "(1\n* 2)", "( 1 * 2 )"],
    ["with comments between", "f(1, // one\n\n/// two\n2)", "f (( 1 , 2 )"],
  ])("drops one inside brackets %s", (_, text, expected) => {
    expect(laidOut(text)).toBe(expected);
  });

  it("keeps any other inside brackets, so that a missing one spoils one line", () => {
    expect(laidOut("conv f(32 stride=2\nconv 3x3 8")).toBe("conv f (( 32 stride = 2 ⏎ conv 3x3 8");
    // The bracket that was open no longer is.
    expect(laidOut("conv f(32\nconv 3,\npool avg")).toBe("conv f (( 32 ⏎ conv 3 , ⏎ pool avg");
  });

  it("keeps one after an operator or a comma outside brackets", () => {
    expect(laidOut("let x = 1 +\n2")).toBe("let x = 1 + ⏎ 2");
  });

  it("keeps one inside braces that stand in brackets", () => {
    expect(laidOut("f( { 1,\n2 }")).toBe("f (( { 1 , ⏎ 2 }");
  });

  it("drops one between } and else", () => {
    expect(laidOut("if a { b }\n\n// c\nelse { d }\ne")).toBe("if a { b } else { d } ⏎ e");
  });

  it("takes a { back to the line above, and says so", () => {
    expect(laidOut("network A\n{\na\n}")).toBe("network A { ⏎ a ⏎ }");
    expect(lay("network A\n{\na\n}").diagnostics.map(({ code, span }) => [code, span.start])).toEqual([
      ["syntax/brace-line", 10],
    ]);
  });
});

describe("the parenthesis of a call", () => {
  it("stands directly after a name", () => {
    expect(laidOut("conv k (t * in.c) ch(32) not(a) [f(1)](2)")).toBe(
      "conv k ( t * in . c ) ch (( 32 ) not ( a ) [ f (( 1 ) ] ( 2 )",
    );
    expect(laidOut("a\n(b)")).toBe("a ⏎ ( b )");
  });
});

describe("docs", () => {
  it("belong to the first token below them", () => {
    const text =
      "/// One.\n///  Two.\n// comment\n\nnetwork A {\n  conv 3 /// no doc\n  /// Three.\n  x: conv 3\n}\n/// lost";
    expect([...lay(text).docs]).toEqual([
      [text.indexOf("network"), "One.\n Two."],
      [text.indexOf("x: conv"), "Three."],
    ]);
  });
});

describe("limits", () => {
  it("allows 64 brackets and braces, and refuses 65", () => {
    const nest = (depth: number) => `a {`.repeat(4) + "(".repeat(depth - 4) + ")".repeat(depth - 4) + "}".repeat(4);
    expect(lay(nest(64)).refused).toBe(false);
    expect(lay(nest(65))).toMatchObject({ refused: true, diagnostics: [{ code: "syntax/too-deep" }] });
  });

  it("counts a bracket no more once its line has ended", () => {
    expect(lay("conv (3\n".repeat(100)).refused).toBe(false);
  });

  it("allows 1000 operators in a statement, and refuses 1001", () => {
    expect(lay(`let x = ${"-".repeat(1000)}1\nlet y = -1`).refused).toBe(false);
    expect(lay(`let x = ${"-".repeat(1001)}1`)).toMatchObject({
      refused: true,
      diagnostics: [{ code: "syntax/too-deep" }],
    });
  });
});

describe("braces", () => {
  it("are counted, a stray one not against a missing one", () => {
    expect(lay("a { b { c }").unclosedBrace).toBe(true);
    expect(lay("} a { b").unclosedBrace).toBe(true);
    expect(lay("a { b }\n}").unclosedBrace).toBe(false);
  });
});
