import { expect, test } from "vitest";
import { followDocument } from "./commands.ts";
import { documents, needsAdapter } from "./documents.ts";

const withGpu = documents.filter(needsAdapter);

test("some commands in documents need an adapter", () => {
  expect(withGpu.map(({ name }) => name)).toContain("README.md");
});

test.each(withGpu.map((document) => [document.name, document] as const))("%s with an adapter", async (_, document) => {
  await followDocument(document);
});
