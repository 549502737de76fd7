import { describe, expect, it } from "vitest";
import { formatting } from "../../src/lsp/formatting.ts";
import { offsetOf } from "../../src/lsp/places.ts";
import { createSource } from "../../src/text/source.ts";

/** A file of constants alone is in error. */
const block = "\nblock unit(c) {\n  conv 1x1 c\n}\n";

/** The text after the edits of a formatting. */
function formatted(text: string): string {
  const source = createSource("n.mnet", text);
  return formatting(source).reduce((before, { range, newText }) => {
    const start = offsetOf(source, range.start);
    return before.slice(0, start) + newText + before.slice(offsetOf(source, range.end));
  }, text);
}

describe("formatting", () => {
  it("edits only the stretch that differs", () => {
    const source = createSource("n.mnet", `let a = 1\nlet b  =  2\nlet c = 3\n${block}`);
    const [edit, ...others] = formatting(source);
    expect(others).toEqual([]);
    expect(edit?.range.start.line).toBe(1);
    expect(edit?.range.end.line).toBe(1);
    expect(formatted(source.text)).toBe(`let a = 1\nlet b = 2\nlet c = 3\n${block}`);
  });

  it("keeps the line ends of the file, and parts none of them", () => {
    const text = `let a  = 1\nlet b =  2\n${block}`.replaceAll("\n", "\r\n");
    expect(formatted(text)).toBe(`let a = 1\nlet b = 2\n${block}`.replaceAll("\n", "\r\n"));
  });

  it("leaves text beyond the basic plane whole", () => {
    expect(formatted(`let a  = 1 // 𝛼\nlet b  = 2 // 𝛽\n${block}`)).toBe(`let a = 1 // 𝛼\nlet b = 2 // 𝛽\n${block}`);
  });

  it("has nothing to do for a formatted file or one with syntax errors", () => {
    expect(formatting(createSource("n.mnet", `let a = 1\n${block}`))).toEqual([]);
    expect(formatting(createSource("n.mnet", `let a  = (\n${block}`))).toEqual([]);
  });
});
