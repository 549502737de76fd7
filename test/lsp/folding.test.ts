import { expect, test } from "vitest";
import { foldingRanges } from "../../src/lsp/folding.ts";
import { createSource } from "../../src/text/source.ts";

/** Folds as `first-last kind`, lines counted from 1. */
function foldsOf(text: string): readonly string[] {
  return foldingRanges(createSource("n.mnet", text)).map(({ startLine, endLine, kind }) =>
    [`${String(startLine + 1)}-${String(endLine + 1)}`, kind].filter((part) => part !== undefined).join(" "),
  );
}

test.each([
  ["a body, up to the line before its brace", "block a(c) {\n  conv 1x1 c\n  act relu\n}\n", ["1-3"]],
  ["bodies in bodies", "block a(c) {\n  if c > 1 {\n    conv 1x1 c\n  }\n}\n", ["1-4", "2-3"]],
  ["a run of imports", 'import "a.mnet"\nimport "b.mnet"\nlet c = 1\n', ["1-2 imports"]],
  [
    "a run of comments on lines of their own",
    "// one\n// two\n/// three\nlet c = 1 // four\n// five\n",
    ["1-3 comment"],
  ],
  ["a body with an error in it", "block a(c) {\n  conv 1x1 ((\n  act relu\n}\n", ["1-3"]],
])("%s", (_what, text, expected) => {
  expect(foldsOf(text)).toEqual(expected);
});

test("one line does not fold, nor does a brace without its partner", () => {
  expect(foldsOf("block a(c) { conv 1x1 c }\n// alone\n")).toEqual([]);
  expect(foldsOf("block a(c) {\n  conv 1x1 c\n  act relu\n")).toEqual([]);
  expect(foldsOf("}\n}\n")).toEqual([]);
});
