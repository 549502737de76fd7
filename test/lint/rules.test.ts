import { describe, expect, it } from "vitest";
import { rules } from "../../src/lint/rules/index.ts";
import { lintText } from "./lint-text.ts";

const sorted = <T>(values: readonly T[]): readonly T[] => [...values].sort();

describe("rules", () => {
  it("stand in order of name, each once", () => {
    const ids = rules.map((rule) => rule.id);
    expect(ids).toEqual(sorted([...new Set(ids)]));
  });

  it.each(rules)("$id says what, why and where from", ({ id, summary, why, source }) => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    expect(summary).toMatch(/^[A-Z].{8,90}[^.]$/);
    expect(why).toMatch(/^[A-Z][\s\S]{80,}\.$/);
    expect(source).toMatch(/^\S[\s\S]{8,}\.$/);
  });

  it.each(rules)("$id is found in its bad example, once, and in its good one nothing is", (rule) => {
    const found = lintText(rule.bad, rule);
    if (rule.over === "compiler") {
      expect(rule.codes).toEqual(expect.arrayContaining([found[0]?.code]));
      expect(found).toHaveLength(1);
    } else {
      // Other rules may find something of an example worth an info, but no warning.
      const told = found.filter(({ code, severity }) => code === rule.id || severity !== "info");
      expect(told.map(({ code }) => code)).toEqual([rule.id]);
    }
    expect(lintText(rule.good, rule)).toEqual([]);
  });

  it.each(rules)("$id finds nothing in its near miss, which says why it is right", (rule) => {
    expect(rule.near).toMatch(/\/\/ .+/);
    expect(rule.near).not.toBe(rule.good);
    expect(lintText(rule.near, rule)).toEqual([]);
  });

  it.each(rules.filter((rule) => rule.over !== "compiler"))(
    "$id speaks in a sentence and tells the way out",
    (rule) => {
      for (const { message, hint, fix } of lintText(rule.bad, rule)) {
        expect(message).toMatch(/^["A-Z0-9].*\.$/);
        expect(message).not.toMatch(/undefined|NaN|\[object/);
        expect(hint).toMatch(/^[A-Z].*\.$/);
        if (fix !== null) expect(fix.message).toMatch(/^[A-Z].*[^.]$/);
      }
    },
  );
});
