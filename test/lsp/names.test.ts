import { describe, expect, test } from "vitest";
import type { Location } from "vscode-languageserver-types";
import { definition } from "../../src/lsp/definition.ts";
import { references } from "../../src/lsp/references.ts";
import { prepareRename, rename } from "../../src/lsp/rename.ts";
import { network, openMarked } from "./marked-workspace.ts";

const blocks = { "blocks.mnet": "let reduction = 4\nblock unit(c, t = 2) {\n  conv 1x1 c\n}\n" };
const importing = (body: string) => `import "blocks.mnet"\n${network(body)}`;

/** The text that stands at a location, `file:text`. */
function written({ uri, range }: Location, { project }: ReturnType<typeof openMarked>): string {
  const file = uri.slice(uri.lastIndexOf("/") + 1);
  const text = project.stateOfUri(uri)?.source.text ?? "";
  const line = text.split("\n")[range.start.line] ?? "";
  return `${file}:${String(range.start.line + 1)}:${line.slice(range.start.character, range.end.character)}`;
}

function definitionAt(text: string): readonly string[] {
  const marked = openMarked(text, blocks);
  const found = definition(marked.state, marked.project, marked.position);
  if (found === null) return [];
  return [found].flat().map((location) => written(location, marked));
}

function referencesAt(text: string, includeDeclaration = true): readonly string[] {
  const marked = openMarked(text, blocks);
  const found = references(marked.state, marked.project, marked.position, includeDeclaration);
  return found.map((location) => written(location, marked));
}

function renamed(text: string, newName: string): Readonly<Record<string, number>> | string {
  const marked = openMarked(text, blocks);
  const result = rename(marked.state, marked.project, marked.position, newName);
  if ("refused" in result) return result.refused;
  return Object.fromEntries(
    Object.entries(result.changes ?? {}).map(([uri, edits]) => [uri.slice(uri.lastIndexOf("/") + 1), edits.length]),
  );
}

describe("definition", () => {
  test.each([
    ["a block of another file", importing("  un¦it 8"), ["blocks.mnet:2:unit"]],
    ["a parameter, from the key of a call", importing("  unit 8 ¦t=3"), ["blocks.mnet:2:t"]],
    ["a value in scope", network("  let c = 8\n  conv 3x3 ¦c"), ["n.mnet:4:c"]],
    [
      "the layer that a path begins at",
      network("  stem: conv 3x3 8\n  branch add {\n    path from=st¦em { }\n    path { }\n  }"),
      ["n.mnet:4:stem"],
    ],
    ["the layer that an output names", network("  stem: conv 3x3 8\n  output x = st¦em"), ["n.mnet:4:stem"]],
    ["the network of a preset", `${network("  conv 3x3 8")}network Wide = ¦N(width=2)\n`, ["n.mnet:1:N"]],
    ["the param of a preset", `${network("  conv 3x3 8")}network Wide = N(wid¦th=2)\n`, ["n.mnet:2:width"]],
  ])("%s", (_what, text, expected) => {
    expect(definitionAt(text)).toEqual(expected);
  });

  test("an imported file", () => {
    const { state, project, position } = openMarked('import "blo¦cks.mnet"\n', blocks);
    expect(definition(state, project, position)).toMatchObject({ uri: "file:///specs/blocks.mnet" });
  });

  test("a block of the library leads to its own file", () => {
    const { state, project, position } = openMarked(network("  bott¦leneck c=8"));
    expect(JSON.stringify(definition(state, project, position))).toContain("library/bottleneck.mnet");
  });

  test("an op and a number lead nowhere", () => {
    expect(definitionAt(network("  co¦nv 3x3 8"))).toEqual([]);
    expect(definitionAt(network("  conv 3x3 ¦8"))).toEqual([]);
  });
});

describe("references", () => {
  test("of a block, in the files that see it", () => {
    expect(referencesAt(importing("  un¦it 8\n  unit 16"))).toEqual(
      expect.arrayContaining(["n.mnet:5:unit", "n.mnet:6:unit", "blocks.mnet:2:unit"]),
    );
    expect(referencesAt(importing("  un¦it 8"), false)).not.toContain("blocks.mnet:2:unit");
  });

  test("of a name that is shadowed: each has its own", () => {
    const text = "let c = 8\nblock unit(c) {\n  conv 1x1 ¦c\n}\n";
    expect(referencesAt(text)).toEqual(["n.mnet:2:c", "n.mnet:3:c"]);
  });
});

describe("rename", () => {
  test("a block goes with the paths that it gives its name to, in each file", () => {
    const text = importing("  un¦it 8\n  unit 16\n  output x = unit_1");
    const result = renamed(text, "stage");
    expect(result).toMatchObject({ "blocks.mnet": 1 });
  });

  test.each([
    ["2x", /is no name/],
    ["network", /is a keyword/],
    ["a".repeat(1000), /are the most/],
  ])("to %j is refused", (name, says) => {
    expect(renamed(network("  let ¦c = 8\n  conv 3x3 c"), name)).toMatch(says);
  });

  test("to a name that is taken is refused, and so is one that would hide another", () => {
    expect(renamed(network("  let ¦c = 8\n  let d = 9\n  conv 3x3 c"), "d")).toMatch(/cannot be "d"/);
    expect(renamed("let a = 1\nblock unit(¦c) {\n  conv 1x1 (c + a)\n}\n", "a")).toMatch(/would mean something else/);
  });

  test("what has no name of its own, or is the library's, stays", () => {
    const refused = (text: string) => {
      const { state, position } = openMarked(text);
      return JSON.stringify(prepareRename(state, position));
    };
    expect(refused(network("  co¦nv 3x3 8"))).toContain("Nothing that has a name");
    expect(refused(network("  bott¦leneck c=8"))).toContain("block library");
    expect(refused(network("  st¦em: conv 3x3 8"))).toContain('"placeholder":"stem"');
    expect(renamed(network("  st¦em: conv 3x3 8"), "stem")).toEqual({});
  });
});
