import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { syntaxPages } from "../../src/diagnostics/pages/syntax.ts";
import { parseText } from "./tree-text.ts";

const root = new URL("../../", import.meta.url);

function emittedCodes(): ReadonlySet<string> {
  const texts = ["grammar/", "src/syntax/"].flatMap((folder) =>
    readdirSync(new URL(folder, root))
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(new URL(folder + name, root), "utf8")),
  );
  return new Set(texts.flatMap((text) => [...text.matchAll(/"(syntax\/[a-z-]+)"/g)].map(([, code]) => code ?? "")));
}

describe("pages of syntax findings", () => {
  it("are there for every code that is told, and no other", () => {
    expect(syntaxPages.map(({ code }) => code).sort()).toEqual([...emittedCodes()].sort());
  });

  it.each(syntaxPages.filter(({ bad }) => bad !== ""))(
    "$code has its finding in the bad example only",
    ({ code, bad, good }) => {
      expect(parseText(bad).diagnostics.map((found) => found.code)).toEqual([code]);
      expect(parseText(good).diagnostics).toEqual([]);
    },
  );

  it("leave out an example only where it would be as long as the limit", () => {
    expect(syntaxPages.filter(({ bad }) => bad === "").map(({ code }) => code)).toEqual(["syntax/file-too-large"]);
  });
});
