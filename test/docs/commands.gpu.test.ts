import { expect, test } from "vitest";
import { followDocument } from "./commands.ts";
import { documents } from "./documents.ts";

const withGpu = documents.filter(({ snippets }) => snippets.some(({ flags }) => flags.has("gpu")));

test("some commands in documents need an adapter", () => {
  expect(withGpu.map(({ name }) => name)).toContain("README.md");
});

test.each(withGpu.map((document) => [document.name, document] as const))("%s with an adapter", async (_, document) => {
  await followDocument(document, true);
});
