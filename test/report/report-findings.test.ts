import { expect, test } from "vitest";
import { error } from "../../src/diagnostics/diagnostic.ts";
import { reportFindings } from "../../src/report/report-findings.ts";
import { createSource } from "../../src/text/source.ts";

const source = createSource("a.mnet", "one two\nthree\n");
const sources = new Map([[source.name, source]]);

/** The line of a finding from one offset to another, with `[` and `]` around what it marks. */
function lineOf(start: number, end: number, file = source.name): string | undefined {
  const { findings } = reportFindings([error("a/b", { file, start, end }, "It is.")], sources);
  return findings.map(({ before, marked, after }) => `${before}[${marked}]${after}`)[0];
}

test("a finding has its line, cut at what it marks", () => {
  expect(lineOf(4, 7)).toBe("one [two]");
  expect(lineOf(0, 3)).toBe("[one] two");
});

test("of several lines the first is shown, an empty mark is empty, and an unknown file has no line", () => {
  expect(lineOf(4, 12)).toBe("one [two]");
  expect(lineOf(8, 8)).toBe("[]three");
  expect(lineOf(0, 3, "b.mnet")).toBe("[]");
});

test("those past the limit are counted", () => {
  const many = Array.from({ length: 500 }, (_unused, i) =>
    error(`a/${i}`, { file: source.name, start: i % 9, end: 9 }, "It is."),
  );
  const { findings, moreFindings } = reportFindings(many, sources);
  expect(findings.length).toBeLessThan(500);
  expect(findings.length + moreFindings).toBe(500);
});
