import { expect, test } from "vitest";
import { excerpt } from "../../src/diagnostics/source-excerpt.ts";

test("carets stand under the marked columns", () => {
  expect(excerpt("stem: conv 3x3 32", 7, 11)).toEqual({ text: "stem: conv 3x3 32", carets: "      ^^^^" });
});

test("an empty range is one caret, at the end of the line too", () => {
  expect(excerpt("a b", 3, 3).carets).toBe("  ^");
  expect(excerpt("ab", 3, 3).carets).toBe("  ^");
  expect(excerpt("", 1, 1).carets).toBe("^");
});

test("tabs, wide characters and escapes keep the carets in place", () => {
  expect(excerpt("\tx", 2, 3)).toEqual({ text: "  x", carets: "  ^" });
  expect(excerpt("層x", 2, 3)).toEqual({ text: "層x", carets: "  ^" });
  expect(excerpt("e\u0301x", 3, 4)).toEqual({ text: "e\u0301x", carets: " ^" });
  expect(excerpt("\u001bx", 2, 3)).toEqual({ text: "\\u001bx", carets: "      ^" });
});

test("a mark on half of a surrogate pair marks the character", () => {
  expect(excerpt("😀x", 2, 3).carets).toBe("^^");
});

test("a long line is cut around the mark", () => {
  const { text, carets } = excerpt(`${"a".repeat(5000)}B${"c".repeat(5000)}`, 5001, 5002);
  expect(text.length).toBeLessThan(170);
  expect(text[carets.indexOf("^")]).toBe("B");
  expect(text.startsWith("…")).toBe(true);
  expect(text.endsWith("…")).toBe(true);
});
