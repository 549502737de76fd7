import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { weightsPages } from "../../src/diagnostics/pages/weights.ts";

it("has a page for every code about weights, and no other", () => {
  const sources = ["../../src/formats/", "../../src/targets/", "../../src/weights/"].flatMap((path) => {
    const folder = new URL(path, import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
    return files.map((name) => readFileSync(new URL(name, folder), "utf8"));
  });
  const used = new Set(sources.flatMap((text) => [...text.matchAll(/"(weights\/[a-z-]+)"/g)].map(([, code]) => code)));
  expect(weightsPages.map(({ code }) => code).sort()).toEqual([...used].sort());
  for (const { title, why } of weightsPages) {
    expect(title).toMatch(/^[A-Z].*\.$/);
    expect(why.length).toBeGreaterThan(100);
  }
});
