import { describe, expect, it } from "vitest";
import { followDocument } from "./commands.ts";
import { documents, needsAdapter, snippetsOf } from "./documents.ts";
import { commandsOf, matchesOutput } from "./workspace.ts";

const withCommands = documents.filter(
  (document) =>
    !needsAdapter(document) && document.snippets.some(({ language }) => language === "sh" || language === "console"),
);

/** ```sh and ```console blocks, in order, in a copy of specs and examples. commands.gpu.test.ts runs the documents that need an adapter. */
describe("commands in documents", () => {
  it.each(withCommands.map((document) => [document.name, document] as const))(
    "%s",
    async (_, document) => {
      await followDocument(document);
    },
    180_000,
  );
});

describe("what a document shows", () => {
  it("is its commands, and below each its output", () => {
    const [sh, shown] = snippetsOf(
      "x.md",
      "```sh\nnpm ci && npm test # all\n# nothing\n```\n```console\n$ a b\nc\n$ d\n```\n",
    );
    if (sh === undefined || shown === undefined) throw new Error("two blocks");
    expect(commandsOf(sh).map(({ command }) => command)).toEqual(["npm ci", "npm test"]);
    expect(commandsOf(shown).map(({ command, output }) => [command, output])).toEqual([
      ["a b", ["c"]],
      ["d", []],
    ]);
  });

  it.each([
    [["a", "b"], ["a", "b"], true],
    [["…", "b"], ["a", "x", "b"], true],
    [["a", "…"], ["a"], true],
    [["a", "…"], ["a", "b"], true],
    [["a", "b"], ["a"], false],
    [["a"], ["a", "b"], false],
    [["…", "c"], ["a", "b"], false],
    [["a", "…", "c"], ["a", "c", "d"], false],
  ])("%j against %j: %s", (shown, actual, matches) => {
    expect(matchesOutput(shown, actual)).toBe(matches);
  });
});
