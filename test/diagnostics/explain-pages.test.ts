import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { explainPages } from "../../src/diagnostics/pages/index.ts";

const root = join(import.meta.dirname, "../..");

/** Strings that look like codes and are none. */
const notCodes = /^(prettier|constants|application|text)\//;

/** Returns the codes in the sources of a folder: slugs in quotes. */
function codesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes("diagnostics/pages/") && !name.endsWith(".d.ts"))
    .flatMap((name) => readFileSync(join(root, folder, name), "utf8").match(/"[a-z]+\/[a-z-]+"/g) ?? [])
    .map((quoted) => quoted.slice(1, -1))
    .filter((code) => !notCodes.test(code));
}

test("each code has one page", () => {
  const codes = explainPages.map((page) => page.code);
  expect(codes).toEqual([...new Set(codes)].sort());
});

test("pages say something", () => {
  for (const page of explainPages) {
    expect(page.code).toMatch(/^[a-z]+\/[a-z-]+$/);
    expect(page.title).toMatch(/^\S.{5,80}$/);
    expect(page.why).toMatch(/^\S[\s\S]{30,}\S$/);
    // A page has both examples or none.
    expect(page.bad === "", page.code).toBe(page.good === "");
  }
});

test("every code that the compiler can report has a page", () => {
  const explained = new Set(explainPages.map((page) => page.code));
  const reported = [...codesBelow("src"), ...codesBelow("grammar")];
  expect(reported.length).toBeGreaterThan(50);
  expect([...new Set(reported)].filter((code) => !explained.has(code)).sort()).toEqual([]);
});
