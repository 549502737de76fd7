import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseFile } from "../../src/syntax/parse.ts";
import { createSource } from "../../src/text/source.ts";
import { renderFindings } from "./tree-text.ts";

const folder = new URL("../cases/syntax/", import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".mnet"))
  .sort();

describe("broken specs", () => {
  it("are there", () => {
    expect(names.length).toBeGreaterThanOrEqual(15);
  });

  it.each(names)("%s", (name) => {
    const source = createSource(name, readFileSync(new URL(name, folder), "utf8"));
    const { diagnostics } = parseFile(source);
    const expected = readFileSync(new URL(name.replace(/\.mnet$/, ".expected"), folder), "utf8");
    expect(renderFindings(source, diagnostics)).toBe(expected);
  });
});
