import { describe, expect, it } from "vitest";
import { MnetParser, parser } from "../../grammar/parser.ts";
import { cstTypes } from "../../scripts/generate/cst-types.ts";
import { syntaxPage } from "../../scripts/generate/syntax-page.ts";
import { textMateGrammar } from "../../scripts/generate/text-mate.ts";

describe("the grammar", () => {
  it("passes chevrotain's own checks", () => {
    expect(() => new MnetParser({ validateGrammar: true })).not.toThrow();
  });

  it("is built once", () => {
    expect(parser()).toBe(parser());
  });
});

describe("what is generated from it", () => {
  it("has a type, a production and a diagram for every rule", async () => {
    const rules = Object.keys(parser().getGAstProductions());
    const types = await cstTypes.contents();
    const page = await syntaxPage.contents();
    expect(rules.length).toBeGreaterThan(30);
    for (const rule of rules) {
      expect(types).toContain(`name: "${rule}";`);
      expect(page).toMatch(
        new RegExp(`<section id="${rule}">\\s*<h2>${rule}</h2>\\s*<pre>${rule} : [^<]+</pre>\\s*<svg`),
      );
    }
    expect(page).not.toMatch(/<script|https?:|NaN|undefined/);
  });

  it("colours each kind of token by its own pattern", async () => {
    const { patterns } = JSON.parse(await textMateGrammar.contents()) as {
      patterns: { name?: string; match: string; captures?: Record<string, { name: string }> }[];
    };
    const scopeAt = (line: string, word: string): string | undefined => {
      const at = line.indexOf(word);
      for (const { name, match, captures } of patterns) {
        for (const found of line.matchAll(new RegExp(match, "gd"))) {
          if (name !== undefined && found.index === at) return name;
          const group = found.indices?.findIndex((range, index) => index > 0 && range?.[0] === at);
          if (captures && group !== undefined && group > 0) return captures[String(group)]?.name;
        }
      }
      return undefined;
    };
    expect(scopeAt("/// about", "///")).toBe("comment.line.documentation.mnet");
    expect(scopeAt("//// about", "////")).toBe("comment.line.double-slash.mnet");
    expect(scopeAt('assert params <= 3.6M "why"', "3.6M")).toBe("constant.numeric.mnet");
    expect(scopeAt('assert params <= 3.6M "why"', '"why"')).toBe("string.quoted.double.mnet");
    expect(scopeAt("conv 3x3 8", "3x3")).toBe("constant.numeric.dims.mnet");
    expect(scopeAt("conv 5k", "5k")).toBe("invalid.illegal.number.mnet");
    expect(scopeAt("network A {", "A")).toBe("entity.name.type.mnet");
    expect(scopeAt("stem: conv 3x3 8", "stem")).toBe("entity.name.tag.mnet");
    expect(scopeAt("conv 3x3 8 stride=2", "stride")).toBe("entity.other.attribute-name.mnet");
    expect(scopeAt("if a and b {", "and")).toBe("keyword.operator.word.mnet");
    expect(scopeAt("conv 1x1 (t * in.c)", "in.c")).toBe("variable.language.mnet");
  });
});
