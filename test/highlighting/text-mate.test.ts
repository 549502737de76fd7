import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import oniguruma from "vscode-oniguruma";
import textmate, { type IGrammar } from "vscode-textmate";
import { beforeAll, describe, expect, it } from "vitest";
import { scopes } from "../../scripts/generate/text-mate.ts";
import { linesOf, mnetFiles, piecesOf, textOf } from "./highlighted-files.ts";

let grammar: IGrammar;

beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
  await oniguruma.loadWASM(readFileSync(wasm));
  const path = new URL("../../generated/mnet.tmLanguage.json", import.meta.url).pathname;
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: () => Promise.resolve(textmate.parseRawGrammar(readFileSync(path, "utf8"), path)),
  });
  const loaded = await registry.loadGrammar("source.mnet");
  if (loaded === null) throw new Error("The grammar does not load.");
  grammar = loaded;
});

/** Scopes of each line's stretches, as VS Code computes them. */
function scopesOf(text: string) {
  let stack = textmate.INITIAL;
  return linesOf(text).map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    return tokens;
  });
}

describe("the TextMate grammar", () => {
  it.each(mnetFiles)("gives every token of %s a scope of its kind", (file) => {
    const text = textOf(file);
    const lines = scopesOf(text);
    const pieces = piecesOf(text);
    expect(pieces.length).toBeGreaterThan(0);
    const wrong = pieces.flatMap(({ line, from, to, image, kinds }) => {
      const covering = (lines[line] ?? []).filter(({ startIndex, endIndex }) => startIndex < to && endIndex > from);
      const wanted = kinds.map((kind) => scopes[kind]);
      const fits =
        covering.length > 0 && covering.every((token) => wanted.some((scope) => token.scopes.includes(scope)));
      return fits
        ? []
        : [`${line + 1}:${from + 1} ${image}: ${covering.map((token) => token.scopes.join(" ")).join(", ")}`];
    });
    expect(wrong).toEqual([]);
  });

  it("tells escapes, characters beyond the first plane, and what is not closed", () => {
    const names = (text: string) => scopesOf(text)[0]?.map((token) => token.scopes.slice(1).join(" "));
    expect(names(String.raw`"a\n🙂"`)).toContain("string.quoted.double.mnet constant.character.escape.mnet");
    expect(names('"🙂"')).toEqual(["string.quoted.double.mnet"]);
    expect(names('"open')).toEqual(["invalid.illegal.string.mnet"]);
  });

  it("tells labels, operations, attributes and symbols apart", () => {
    const [tokens] = scopesOf("  stem: conv 3x3 ch(32) stride=2 act=relu6 conv2");
    const line = "  stem: conv 3x3 ch(32) stride=2 act=relu6 conv2";
    const told = tokens?.flatMap(({ startIndex, endIndex, scopes: stack }) =>
      stack.length > 1 ? [`${line.slice(startIndex, endIndex)} ${stack.at(-1) ?? ""}`] : [],
    );
    expect(told).toEqual([
      "stem entity.name.tag.mnet",
      ": punctuation.separator.label.mnet",
      "conv support.function.mnet",
      "3x3 constant.numeric.dims.mnet",
      "ch entity.name.function.mnet",
      "( punctuation.section.brackets.mnet",
      "32 constant.numeric.mnet",
      ") punctuation.section.brackets.mnet",
      "stride entity.other.attribute-name.mnet",
      "= keyword.operator.assignment.mnet",
      "2 constant.numeric.mnet",
      "act entity.other.attribute-name.mnet",
      "= keyword.operator.assignment.mnet",
      "relu6 support.constant.mnet",
      "conv2 variable.other.mnet",
    ]);
  });
});
