import { expect, test } from "vitest";
import { printable, printableJson } from "../../src/diagnostics/printable.ts";

test("what a terminal would obey is escaped, what people write is not", () => {
  expect(printable("\u001b[31mred\u0007\u009b2J")).toBe("\\u001b[31mred\\u0007\\u009b2J");
  expect(printable("a\nb\rc")).toBe("a\\u000ab\\u000dc");
  expect(printable("a\u202eb\u2066c\u200bd\ud800")).toBe("a\\u202eb\\u2066c\\u200bd\\ud800");
  expect(printable("größe 層 😀")).toBe("größe 層 😀");
});

test("JSON keeps its meaning and loses its control characters", () => {
  const value = { text: "\u001b\u009b\u202e\u2028 é", list: [1, "\n"] };
  const text = printableJson(value);
  expect(JSON.parse(text)).toEqual(value);
  // eslint-disable-next-line no-control-regex -- what must not be there
  expect(text.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u202e]/);
});
