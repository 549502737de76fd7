import { describe, expect, it } from "vitest";
import { fixSpec } from "../../src/lint/fix-spec.ts";
import { createSource } from "../../src/text/source.ts";
import { lintReport, lintText } from "./lint-text.ts";

const biased = "conv 3x3 16 bias=true norm=batch act=relu padding=same";
const ignore = "// mnet-ignore bias-before-bn: as released";

/** Returns a network of these lines and a head, without other findings. */
function network(...lines: readonly string[]): string {
  const body = ["input image [8, 8, 16]", ...lines, "pool avg", "flatten", "dense 10"];
  return `network N {\n${body.map((line) => `  ${line}\n`).join("")}}\n`;
}

const codes = (text: string): readonly string[] => lintText(text).map(({ code }) => code);

describe("an ignore", () => {
  it("at the end of a line hides what begins on the line, and nothing else", () => {
    expect(codes(network(biased))).toEqual(["bias-before-bn"]);
    expect(codes(network(`${biased} ${ignore}`))).toEqual([]);
    expect(codes(network(`${biased} ${ignore}`, biased))).toEqual(["bias-before-bn"]);
  });

  it("alone above a statement hides what is in it, other comments and docs between", () => {
    expect(codes(network(ignore, biased))).toEqual([]);
    expect(codes(network(ignore, "// why it is so", "", "/// documented", biased))).toEqual([]);
    expect(codes(network(ignore, biased, biased))).toEqual(["bias-before-bn"]);
  });

  it("above a branch, an if or a path hides what is below its braces", () => {
    const branch = ["branch add {", "  path { }", `  path { ${biased} }`, "}"];
    expect(codes(network(ignore, ...branch))).toEqual([]);
    expect(codes(network(ignore, "if 1 == 1 {", `  ${biased}`, "}"))).toEqual([]);
    expect(codes(network("branch add {", "  path { }", `  ${ignore}`, `  path { ${biased} }`, "}"))).toEqual([]);
    expect(codes(network("branch add {", `  ${ignore}`, "  path { }", `  path { ${biased} }`, "}"))).toEqual([
      "unused-ignore",
      "bias-before-bn",
    ]);
  });

  it("above a block or a network hides everything in it", () => {
    const block = `block b(c) {\n  conv 3x3 c bias=true norm=batch act=relu padding=same\n}\n`;
    expect(codes(`${block}${network("b 16")}`)).toEqual(["bias-before-bn"]);
    expect(codes(`${ignore}\n${block}${network("b 16")}`)).toEqual([]);
    expect(codes(`${ignore}\n${network(biased, biased)}`)).toEqual([]);
  });

  it("above a row hides what the row causes, above a table what any of its rows does", () => {
    const block = `block b(c, biased = false) {\n  conv 3x3 c bias=biased norm=batch act=relu padding=same\n}\n`;
    const rows = ["| c | biased |", "| 16 | true |", "| 16 | false |", "| 16 | true |"];
    const table = (...lines: readonly string[]): string =>
      `${block}${network("b {", ...lines.map((line) => `  ${line}`), "}")}`;
    expect(codes(table(...rows))).toEqual(["bias-before-bn", "bias-before-bn"]);
    expect(codes(table(rows[0]!, ignore, ...rows.slice(1)))).toEqual(["bias-before-bn"]);
    expect(codes(table(rows[0]!, `${rows[1]!} ${ignore}`, ...rows.slice(2)))).toEqual(["bias-before-bn"]);
    expect(codes(`${block}${network(ignore, "b {", ...rows, "}")}`)).toEqual([]);
  });

  it("names several rules", () => {
    const both = network(`conv 3x3 16 bias=true norm=batch act=relu padding=same init=normal(1.0)`);
    expect(codes(both)).toEqual(["bias-before-bn", "init-out-of-range"]);
    const ignored = both.replace("(1.0)", "(1.0) // mnet-ignore bias-before-bn, init-out-of-range: as released");
    expect(codes(ignored)).toEqual([]);
  });

  it("is read whatever ends the lines", () => {
    for (const end of ["\r\n", "\r"]) expect(codes(network(ignore, biased).replaceAll("\n", end))).toEqual([]);
    expect(codes(`\uFEFF${network(`${biased} ${ignore}`)}`)).toEqual([]);
  });

  it("is no ignore in a doc, in a string or inside another word", () => {
    for (const comment of [
      `/${ignore}`,
      "// mnet-ignored bias-before-bn: no",
      "// see mnet-ignore bias-before-bn: no",
    ]) {
      expect(codes(network(`${biased} ${comment}`)), comment).toEqual(["bias-before-bn"]);
    }
  });
});

describe("an ignore that is told of", () => {
  const messages = (text: string): readonly string[] =>
    lintText(text).map(({ code, message }) => `${code}: ${message}`);

  it("gives no reason", () => {
    expect(messages(network(`${biased} // mnet-ignore bias-before-bn`))).toEqual([
      "bad-ignore: This ignore of bias-before-bn gives no reason.",
    ]);
  });

  it("names no rule, none that exists, or what the compiler finds", () => {
    expect(messages(network("act relu // mnet-ignore: later"))).toEqual(["bad-ignore: This ignore names no rule."]);
    const [unknown] = lintText(network("act relu // mnet-ignore bias-before-bm: later"));
    expect(unknown).toMatchObject({
      message: 'There is no rule "bias-before-bm".',
      hint: 'Did you mean "bias-before-bn"?',
    });
    for (const id of ["unknown-option", "shape/mismatch"]) {
      expect(messages(network(`act relu // mnet-ignore ${id}: later`))).toEqual([
        `bad-ignore: "${id}" is an error that the compiler finds and cannot be ignored.`,
      ]);
    }
    expect(messages(network("act relu // mnet-ignore unused-ignore: why not"))).toEqual([
      'bad-ignore: "unused-ignore" is about ignores themselves and cannot be ignored.',
    ]);
  });

  it("hides nothing", () => {
    expect(messages(network(`act relu ${ignore}`))).toEqual([
      'unused-ignore: This ignore hides nothing: "bias-before-bn" finds nothing here.',
    ]);
    expect(codes(`${network(biased)}${ignore}\n`)).toEqual(["bias-before-bn", "unused-ignore"]);
  });

  it("is not judged where something was not linted: a rule that is off, other values, an error elsewhere", () => {
    const unused = network(`act relu ${ignore}`);
    const report = (options: Parameters<typeof lintReport>[1], text = unused): readonly string[] =>
      lintReport(text, options).diagnostics.map(({ code }) => code);
    expect(report({ severities: { "bias-before-bn": "off" } })).toEqual([]);
    expect(report({ network: "N" })).toEqual([]);
    expect(
      report(
        { set: { width: "1" }, severities: { "unused-name": "off" } },
        unused.replace("{\n", "{\n  param width = 1\n"),
      ),
    ).toEqual([]);
    expect(report({}, `${unused}network M {\n  input image [8, 8, 3]\n  convv 3x3 8\n}\n`)).toEqual([
      "name/unknown-op",
    ]);
  });
});

describe("a fix of an unused ignore", () => {
  const fixed = (text: string): string => {
    const request = { network: null, set: new Map<string, string>(), read: () => null };
    return fixSpec(createSource("spec.mnet", text), request, false).changed.get("spec.mnet")?.text ?? text;
  };

  it("takes the comment with the blanks before it, or its line", () => {
    expect(fixed(network(`act relu   ${ignore}`))).toBe(network("act relu"));
    expect(fixed(network("// kept", ignore, "act relu // kept"))).toBe(network("// kept", "act relu // kept"));
    expect(fixed(network(`act relu ${ignore}`).replaceAll("\n", "\r\n"))).toBe(
      network("act relu").replaceAll("\n", "\r\n"),
    );
  });

  it("takes the name alone where another one is used", () => {
    const two = network(
      `${biased.replace("bias=true", "bias=false")} init=normal(1.0) // mnet-ignore bias-before-bn, init-out-of-range: as released`,
    );
    expect(fixed(two)).toBe(two.replace("bias-before-bn, ", ""));
  });

  it("leaves what an ignore hides alone", () => {
    const text = network(`${biased} ${ignore}`);
    expect(fixed(text)).toBe(text);
  });
});
