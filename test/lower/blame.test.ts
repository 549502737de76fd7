import { describe, expect, it } from "vitest";
import { compileText, findings, network } from "../support/compile-text.ts";

describe("where a fault inside a block is reported", () => {
  it("on the cell that holds the value", () => {
    const body = "bottleneck {\n| t | c    | n |\n| 6 | 24   | 1 |\n| 6 | 24.5 | 1 |\n}";
    expect(findings(network(body))).toEqual([
      '6:7 value/not-whole Expected a whole number from 1 to 65536 for "filters", found 24.5.',
    ]);
  });

  it("on the row where the value comes from an expression in the block", () => {
    const body = "bottleneck {\n| t   | c |\n| 6   | 8 |\n| 1.3 | 8 |\n}";
    const { diagnostics } = compileText(network(body));
    expect(findings(network(body))).toEqual([
      '6:1 value/not-whole Expected a whole number from 1 to 65536 for "filters", found 10.4.',
    ]);
    expect(diagnostics[0]?.related[0]?.span.file).toBe("mnet:library/bottleneck.mnet");
  });

  it("on the argument of a plain use", () => {
    expect(findings(network("bottleneck 6 true"))).toEqual([
      '3:14 value/not-whole Expected a whole number from 1 to 65536 for "filters", found true.',
    ]);
  });

  it("in the block, once, where it is wrong for every use", () => {
    const text = `block b(c) {\n  conv 3x3 c padding=relu\n}\n${network("b 4\nb 4\nb {\n| c | n |\n| 4 | 9 |\n}")}`;
    expect(findings(text)).toEqual(['2:22 attribute/value "padding" does not take the symbol relu.']);
  });

  it("in the block, once, where the statement itself is written wrongly", () => {
    const body =
      "conv 3x3\n  pool max 2 3\n  bottleneck 6\n  bottleneck 6 8 t=4\n  conv 3x3 max(c, min())\n  conv 3x3 max(d=c)";
    const text = `block b(c) {\n  ${body}\n}\n${network("b 4\nb {\n| c |\n| 4 |\n| 8 |\n}")}`;
    expect(findings(text).map((finding) => finding.split(" ").slice(0, 2).join(" "))).toEqual([
      "2:3 call/argument-count",
      "3:14 call/argument-count",
      "4:3 call/argument-missing",
      "5:20 call/argument-twice",
      "6:19 call/argument-count",
      "7:16 call/named-argument",
    ]);
  });

  it("on the cell, also through a function of the header", () => {
    const text = `let ch(c) = c * 1.5\n${network("bottleneck {\n| t | ch(c) |\n| 6 | 9     |\n}")}`;
    expect(findings(text)).toEqual([
      '6:7 value/not-whole Expected a whole number from 1 to 65536 for "filters", found 13.5.',
    ]);
  });

  it("silences what depends on a value in error", () => {
    const body = "conv 3x3 widht stride=2 -> 4x4x8\nbottleneck 6 16\nflatten\ndense 10 -> [12]";
    expect(findings(network(body))).toEqual(['3:10 name/unknown-value There is no value "widht" here.']);
  });

  it("reports several independent faults", () => {
    const body = "conv 3x3 8 strid=2\nbottleneck 6\nconv 5x5 8 padding=valid act=same\npool max 3x3 stride=0";
    expect(findings(network(body)).map((finding) => finding.split(" ").slice(0, 2).join(" "))).toEqual([
      "3:12 name/unknown-attribute",
      "4:1 call/argument-missing",
      "5:30 attribute/value",
      "6:21 value/not-whole",
    ]);
  });
});
