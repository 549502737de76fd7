import { describe, expect, expectTypeOf, it } from "vitest";
import { opDefinitions } from "../../src/ir/op.ts";
import { joins } from "../../src/language/joins.ts";
import { languageOps, opEntry, type UnmadeOp } from "../../src/language/ops.ts";

describe("the ops of the language", () => {
  it("make every op of the graph, as the type checker proves", () => {
    expectTypeOf<UnmadeOp>().toBeNever();
    expect(Object.keys(opDefinitions)).toEqual(expect.arrayContaining(Object.keys(joins)));
  });

  it.each(languageOps)("%s says what it does and how it is written", (name) => {
    const entry = opEntry(name);
    expect(entry?.doc).toMatch(/^[A-Z].*\.$/s);
    expect(entry?.usage.startsWith(name)).toBe(true);
  });
});
