import { describe, expect, it } from "vitest";
import { explainPages } from "../../src/diagnostics/pages/index.ts";
import { check, compile } from "../../src/compile.ts";
import { createSource } from "../../src/text/source.ts";

const withExamples = explainPages.filter(({ bad, good }) => bad !== "" && good !== "");

/** Returns the codes of an example's findings. `network/none` needs `compile`, because `check` accepts a file without a network. */
function codesOf(text: string, code: string): readonly string[] {
  const request = { network: null, set: new Map<string, string>(), read: () => null };
  const find = code === "network/none" ? compile : check;
  return find(createSource("example.mnet", text), request).diagnostics.map((found) => found.code);
}

describe("examples of explain pages", () => {
  it("are many", () => {
    expect(withExamples.length).toBeGreaterThan(50);
  });

  it.each(withExamples)("$code is found in the bad one, once, and in the good one nothing", ({ code, bad, good }) => {
    expect(codesOf(bad, code)).toEqual([code]);
    expect(codesOf(good, code)).toEqual([]);
  });
});
