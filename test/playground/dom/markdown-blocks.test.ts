import { expect, test } from "vitest";
import { markdownBlocks } from "../../../src/playground/dom/markdown-blocks.ts";
import { playSession, shippedDocument } from "../play-session.ts";

test("fenced code, rules, lists and paragraphs with code in them", () => {
  const text = "```mnet\nlet a = `1`\n```\n\nSays `a` and\nmore.\n\n---\n\n- one\n- two `b`";
  expect(markdownBlocks(text)).toEqual([
    { kind: "code", text: "let a = `1`" },
    {
      kind: "paragraph",
      spans: [
        { code: false, text: "Says " },
        { code: true, text: "a" },
        { code: false, text: " and more." },
      ],
    },
    { kind: "rule" },
    {
      kind: "list",
      items: [
        [{ code: false, text: "one" }],
        [
          { code: false, text: "two " },
          { code: true, text: "b" },
        ],
      ],
    },
  ]);
});

test("a fence that nothing closes ends with the text", () => {
  expect(markdownBlocks("```\na\nb")).toEqual([{ kind: "code", text: "a\nb" }]);
});

test("what hovering says in a shipped spec is of these kinds: no mark is left over", async () => {
  const document = shippedDocument("mobilenet_v2.mnet");
  const session = playSession();
  for (let at = 0; at < document.text.length; at += 97) {
    const hovered = await session.answer("hover", document, at);
    for (const block of markdownBlocks(hovered?.markdown ?? ""))
      if (block.kind === "paragraph")
        for (const { text } of block.spans) expect(text).not.toMatch(/```|^---|^- |\*\*|\]\(/);
  }
});
