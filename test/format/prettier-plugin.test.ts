import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { expect, it } from "vitest";
import * as plugin from "../../src/format/prettier-plugin.ts";
import { projectRoot } from "../support/cli-process.ts";

const options = { filepath: "net.mnet", plugins: [plugin] };
const untidy = "block b( c ){\r\n  conv 1x1 c   act=relu norm=batch\r\n}\r\n";
const tidy = "block b(c) {\r\n  conv 1x1 c norm=batch act=relu\r\n}\r\n";

it("formats what ends in .mnet, and keeps line ends and a byte-order mark", async () => {
  expect(await format(untidy, options)).toBe(tidy);
  expect(await format(`\uFEFF${untidy}`, options)).toBe(`\uFEFF${tidy}`);
  expect(await format(untidy.replaceAll("\r\n", "\r"), options)).toBe(tidy.replaceAll("\r\n", "\r"));
});

it("lets endOfLine decide, and nothing else", async () => {
  const lines = tidy.replaceAll("\r\n", "\n");
  expect(await format(untidy, { ...options, endOfLine: "lf" })).toBe(lines);
  expect(await format(lines, { ...options, printWidth: 20, tabWidth: 8, useTabs: true })).toBe(lines);
});

it("leaves a shipped spec as it is", async () => {
  const spec = readFileSync(join(projectRoot, "specs", "kitchen_sink.mnet"), "utf8");
  expect(await format(spec, options)).toBe(spec);
});

it("formats blocks of Markdown", async () => {
  const markdown = "- A list:\n\n  ```mnet\n  block b( c ) {\n    act   relu\n  }\n  ```\n";
  expect(await format(markdown, { filepath: "page.md", plugins: [plugin] })).toBe(
    "- A list:\n\n  ```mnet\n  block b(c) {\n    act relu\n  }\n  ```\n",
  );
});

it("shows where a syntax error is", async () => {
  const error = await format("block b(c) {\n  conv 5k\n}\n", options).then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(error).toMatchObject({ name: "SyntaxError", loc: { start: { line: 2, column: 8 } } });
  expect((error as Error).message).toContain('"5k"');
  expect((error as Error).message).toContain("> 2 |   conv 5k");
});
