import { expect, test } from "vitest";
import { codeTokens } from "../../../src/playground/views/code-tokens.ts";
import { playSession, shippedDocument } from "../play-session.ts";

test("keywords, strings, numbers and comments, and what lies between", () => {
  const shown = codeTokens(
    'const x = "a // b"; // 7 of\nfn main(@builtin(id) id: vec3<u32>) { return 4.5e-3f; }',
  ).filter(({ kind }) => kind !== "plain");
  expect(shown.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    "keyword const",
    'string "a // b"',
    "comment // 7 of",
    "keyword fn",
    "keyword @builtin",
    "keyword return",
    "number 4.5e-3f",
  ]);
});

test("the tokens of generated code are all of it", async () => {
  const document = shippedDocument("tiny.mnet");
  const session = playSession();
  const plan = await session.answer("plan", document, null);
  const texts = [await session.answer("tfjs", document, null), ...(plan?.kernels ?? []).map(({ wgsl }) => wgsl)];
  for (const text of texts)
    expect(
      codeTokens(text ?? "")
        .map((token) => token.text)
        .join(""),
    ).toBe(text);
});
