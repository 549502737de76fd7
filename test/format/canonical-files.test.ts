import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { formatSource } from "../../src/format/format-source.ts";
import { createSource } from "../../src/text/source.ts";
import { documents, placeOf } from "../docs/documents.ts";
import { projectRoot } from "../support/cli-process.ts";

const files = ["specs", "grammar/library"].flatMap((folder) =>
  readdirSync(join(projectRoot, folder))
    .filter((name) => name.endsWith(".mnet"))
    .map((name) => `${folder}/${name}`),
);

it.each(files)("%s is formatted", (name) => {
  const text = readFileSync(join(projectRoot, name), "utf8");
  expect(formatSource(createSource(name, text)).value).toBe(text);
});

const snippets = documents
  .flatMap((document) => document.snippets)
  .filter(({ language, flags }) => language === "mnet" && !flags.has("error") && !flags.has("untidy"));

it.each(snippets.map((snippet) => [placeOf(snippet), snippet] as const))("%s is formatted", (_, { text, flags }) => {
  const body = (inner: string): string => `network N {\n${inner.replaceAll(/^(?=.)/gm, "  ")}}\n`;
  const file = flags.has("body") ? body(text) : text;
  expect(formatSource(createSource("snippet.mnet", file)).value).toBe(file);
});
