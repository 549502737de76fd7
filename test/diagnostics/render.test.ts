import { describe, expect, test } from "vitest";
import { error } from "../../src/diagnostics/diagnostic.ts";
import { renderJson } from "../../src/diagnostics/render-json.ts";
import { renderTerminal } from "../../src/diagnostics/render-terminal.ts";
import { createSource } from "../../src/text/source.ts";

const text = 'network "N" {\r\n  stem: conv 3x3 32 -> [1, 2, 3]\r\n  bad \u001b[2J name\r\n}\r\n';
const sources = new Map([["net.mnet", createSource("net.mnet", text)]]);

function spanOf(part: string) {
  const start = text.indexOf(part);
  return { file: "net.mnet", start, end: start + part.length };
}

const mismatch = error("shape/mismatch", spanOf("[1, 2, 3]"), '"stem" makes 1x2x4, and the arrow says 1x2x3.', {
  hint: "Write [1, 2, 4].",
  related: [{ message: "the input is here", span: spanOf("stem") }],
});

describe("terminal", () => {
  test("a frame with related place and hint", () => {
    expect(renderTerminal([mismatch], sources, { color: false })).toBe(
      `error[shape/mismatch]: "stem" makes 1x2x4, and the arrow says 1x2x3.
  --> net.mnet:2:24
  |
2 |   stem: conv 3x3 32 -> [1, 2, 3]
  |                        ^^^^^^^^^
  note: the input is here
  --> net.mnet:2:3
  |
2 |   stem: conv 3x3 32 -> [1, 2, 3]
  |   ^^^^
  hint: Write [1, 2, 4].
`,
    );
  });

  test("control characters of the source and of names are shown, never sent", () => {
    const rendered = renderTerminal([error("name/unknown", spanOf("\u001b[2J"), "No \u001b[2J here.")], sources, {
      color: false,
    });
    expect(rendered).not.toContain("\u001b");
    expect(rendered).toContain("bad \\u001b[2J name");
    expect(rendered).toContain("      ^^^^^^^^^\n");
  });

  test("colour only where asked for", () => {
    expect(renderTerminal([mismatch], sources, { color: true })).toContain("\u001b[31m");
  });

  test("a span over several lines is marked to the end of its first", () => {
    const span = { file: "net.mnet", start: text.indexOf("{"), end: text.indexOf("}") };
    expect(renderTerminal([error("a/b", span, "m")], sources, { color: false })).toContain(
      '1 | network "N" {\n  |             ^\n',
    );
  });

  test("a hundred findings, then how many more", () => {
    const rendered = renderTerminal(Array<typeof mismatch>(103).fill(mismatch), sources, { color: false });
    expect(rendered.match(/^error/gm)).toHaveLength(100);
    expect(rendered.endsWith("\nand 3 more\n")).toBe(true);
  });

  test("a place in a file that is not at hand is still named", () => {
    expect(
      renderTerminal([error("a/b", { file: "gone.mnet", start: 5, end: 6 }, "m")], sources, { color: false }),
    ).toContain("gone.mnet");
  });

  test("nothing found is nothing printed", () => {
    expect(renderTerminal([], sources, { color: false })).toBe("");
  });
});

describe("json", () => {
  test("places in lines and columns, ends exclusive", () => {
    expect(renderJson([mismatch], sources)).toEqual({
      findings: [
        {
          code: "shape/mismatch",
          severity: "error",
          message: '"stem" makes 1x2x4, and the arrow says 1x2x3.',
          file: "net.mnet",
          line: 2,
          column: 24,
          endLine: 2,
          endColumn: 33,
          fix: null,
          hint: "Write [1, 2, 4].",
          related: [{ message: "the input is here", file: "net.mnet", line: 2, column: 3, endLine: 2, endColumn: 7 }],
        },
      ],
      more: 0,
    });
  });

  test("past a hundred the rest is counted", () => {
    const { findings, more } = renderJson(Array<typeof mismatch>(150).fill(mismatch), sources);
    expect([findings.length, more]).toEqual([100, 50]);
  });
});
