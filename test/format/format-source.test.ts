import { describe, expect, it } from "vitest";
import { limits } from "../../grammar/limits.ts";
import { formatSource } from "../../src/format/format-source.ts";
import { withLineEndsOf } from "../../src/format/line-ends.ts";
import { orderAttributes } from "../../src/format/order-attributes.ts";
import { languageOps, signatureOf } from "../../src/language/op-signatures.ts";
import { createSource } from "../../src/text/source.ts";

function format(text: string) {
  return formatSource(createSource("test.mnet", text));
}

it("leaves a file with syntax errors alone and says what they are", () => {
  const { value, diagnostics } = format("network N {\n  conv 5k\n  act )\n}\n");
  expect(value).toBeNull();
  expect(diagnostics.map(({ code }) => code)).toEqual(["syntax/bad-number", "syntax/unexpected-token"]);
});

it("leaves a file alone that would grow past what a file may be", () => {
  const rows = "|1||\n".repeat(25_000);
  const { value, diagnostics } = format(`network N {\nunit {\n|a|b|\n|1|"${"x".repeat(30)}"|\n${rows}}\n}\n`);
  expect(value).toBeNull();
  expect(diagnostics.map(({ code }) => code)).toEqual(["format/too-large"]);
});

it("takes brackets nested as deep as they may", () => {
  const depth = limits.nesting - 1;
  const { value } = format(`let x = ${"(".repeat(depth)}1${")".repeat(depth)}\nblock b() { }\n`);
  expect(value?.match(/\(/g)?.length).toBe(depth + 1);
  expect(format(value ?? "").value).toBe(value);
});

describe("attributes", () => {
  it.each(languageOps)("of %s come in the order of the reference, whatever order they were written in", (op) => {
    const keys = signatureOf(op).attributes;
    const statement = (order: readonly string[]): string =>
      `block b() {\n  ${[op, ...order.map((key) => `${key}=1`)].join(" ")}\n}\n`;
    expect(format(statement([...keys].reverse())).value).toBe(statement(keys));
  });

  it("of nothing are nothing", () => {
    expect(orderAttributes([])).toEqual([]);
  });
});

describe("line ends", () => {
  it.each([
    ["\n", "a\nb\n"],
    ["\r\n", "a\r\nb\r\n"],
    ["\r", "a\rb\r"],
    ["x\ny\r\n", "a\r\nb\r\n"],
    ["\uFEFFx", "\uFEFFa\nb\n"],
  ])("of %j give %j", (original, text) => {
    expect(withLineEndsOf(original, "a\nb\n")).toBe(text);
  });
});
