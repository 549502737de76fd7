import { describe, expect, it } from "vitest";
import type { Range } from "vscode-languageserver-types";
import { semanticTokens, semanticTokensLegend } from "../../src/lsp/semantic-tokens.ts";
import { network, openMarked } from "./marked-workspace.ts";

/** The coloured words of a text, as `word kind modifiers`. */
function coloursOf(text: string, range: Range | null = null): readonly string[] {
  const { data } = semanticTokens(openMarked(`${text}¦`).state, range);
  const lines = text.split("\n");
  const { tokenTypes, tokenModifiers } = semanticTokensLegend;
  const words: string[] = [];
  let line = 0;
  let character = 0;
  for (let at = 0; at < data.length; at += 5) {
    const [down = 0, right = 0, length = 0, type = 0, bits = 0] = data.slice(at, at + 5);
    line += down;
    character = down === 0 ? character + right : right;
    const modifiers = tokenModifiers.filter((_, index) => (bits & (1 << index)) !== 0);
    const word = (lines[line] ?? "").slice(character, character + length);
    words.push([word, tokenTypes[type], ...modifiers].join(" "));
  }
  return words;
}

describe("semantic tokens", () => {
  it("colours names by what they stand for", () => {
    const text = "block unit(c) {\n  side: conv 1x1 c act=relu\n}\n";
    expect(coloursOf(text)).toEqual([
      "block keyword",
      "unit function declaration",
      "c parameter declaration",
      "side label declaration",
      "conv function defaultLibrary",
      "1x1 number",
      "c parameter",
      "act property",
      "= operator",
      "relu enumMember defaultLibrary",
    ]);
  });

  it("tells a value from a function, and each from its declaration", () => {
    const colours = coloursOf(network("  let ch(c) = c * width\n  conv 3x3 ch(8)"));
    expect(colours).toEqual(
      expect.arrayContaining([
        "N class declaration",
        "width variable declaration readonly",
        "ch function declaration",
        "c parameter declaration",
        "width variable readonly",
        "ch function",
      ]),
    );
  });

  it("leaves a name without colour that stands for nothing", () => {
    expect(coloursOf("block unit(c) {\n  conv 1x1 nothing\n}\n").join("\n")).not.toContain("nothing");
  });

  it("colours comments in their place, and only what lies in the range", () => {
    const text = "let a = 1 // one\n/// Two.\nlet b = 2\n";
    expect(coloursOf(text)).toContain("/// Two. comment documentation");
    const first = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
    expect(coloursOf(text, first)).toEqual([
      "let keyword",
      "a variable declaration readonly",
      "= operator",
      "1 number",
      "// one comment",
    ]);
  });
});
