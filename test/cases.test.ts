import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { namePages } from "../src/diagnostics/pages/names.ts";
import { networkPages } from "../src/diagnostics/pages/network.ts";
import { shapePages } from "../src/diagnostics/pages/shape.ts";
import { valuePages } from "../src/diagnostics/pages/values.ts";
import { caseFiles, caseFindings, readCaseFile } from "./support/case-files.ts";

const expectedOf = (name: string): string => readCaseFile(name.replace(/\.mnet$/, ".expected"));

/** These depend on the command line, which a spec alone cannot show. */
const askedFor = new Set(["network/none", "network/unknown"]);

describe("broken specs", () => {
  it("are there", () => {
    expect(caseFiles.length).toBeGreaterThanOrEqual(70);
  });

  it.each(caseFiles.filter((name) => !name.startsWith("syntax/")))("%s", (name) => {
    expect(caseFindings(name)).toBe(expectedOf(name));
  });

  // Their findings are held against the parser alone in test/syntax; after them may come findings of a whole check.
  it.each(caseFiles.filter((name) => name.startsWith("syntax/")))("%s, checked as a whole", (name) => {
    const found = caseFindings(name);
    for (const line of expectedOf(name).trimEnd().split("\n")) expect(found).toContain(line);
  });

  it("show every code that lowering, shapes and asserts can give", () => {
    const shown = caseFiles.map(expectedOf).join("");
    const codes = [namePages, networkPages, shapePages, valuePages].flat().map(({ code }) => code);
    expect(codes.filter((code) => !askedFor.has(code) && !shown.includes(` ${code} `))).toEqual([]);
  });

  it("have a place, a sentence and a way out, and never a trace", () => {
    for (const name of caseFiles) {
      const lines = expectedOf(name).trimEnd().split("\n");
      for (let index = 0; index < lines.length; index += 2) {
        expect(lines[index], name).toMatch(/^(\S+:)?\d+:\d+ [a-z]+\/[a-z-]+ [A-Z0-9"].*[.?]$/);
        expect(lines[index + 1], name).toMatch(/^ {4}[A-Z].*[.?]$/);
      }
      expect(lines.join("\n"), name).not.toMatch(/undefined|\[object|internal|\n\s*at /);
    }
  });
});

it("a broken spec and its expectation stand side by side", () => {
  for (const name of caseFiles) {
    const file = new URL(`cases/${name.replace(/\.mnet$/, ".expected")}`, import.meta.url);
    expect(existsSync(file), name).toBe(true);
  }
});
