import { describe, expect, it } from "vitest";
import { createDocumentState } from "../../src/lsp/document-state.ts";
import { graphPicture } from "../../src/lsp/graph-picture.ts";
import { createSource } from "../../src/text/source.ts";

const text = `network A {
  input image [32, 32, 3]
  conv 3x3 8
  bottleneck {
    | t | c | n | s |
    | 2 | 8 | 3 | 1 |
  }
}
network B {
  input image [8, 8, 3]
  conv 1x1 4
}
`;

const pictureOf = (of: string, line: number | null = null) =>
  graphPicture(
    createDocumentState(createSource("n.mnet", of), () => null),
    line === null ? null : { line, character: 1 },
  );

describe("the picture beside a spec", () => {
  it("is of the network around the cursor, else of the first", () => {
    expect(pictureOf(text)?.title).toMatch(/^A: .* 3 residuals$/);
    expect(pictureOf(text, 2)?.network).toBe("A");
    expect(pictureOf(text, 10)).toMatchObject({ network: "B", whole: true });
    expect(pictureOf(text, 10)?.html).toContain("8x8x4");
  });

  it("folds repeats, and runs nothing", () => {
    const html = pictureOf(text)?.html ?? "";
    expect(html).toContain("<details");
    expect(html).not.toMatch(/<script| style=| on\w+=/);
  });

  it("shows what can be read of a broken file, and says that it is not all", () => {
    const picture = pictureOf(text.replace("conv 1x1 4", "conv 1x1 4\n  pool avg\n  conv 3x3 (((\n"), 10);
    expect(picture).toMatchObject({ network: "B", whole: false });
    expect(picture?.html).toContain("8x8x4");
    expect(pictureOf("network", 0)).toBeNull();
    for (let end = 0; end < text.length; end += 7) expect(() => pictureOf(text.slice(0, end), 1)).not.toThrow();
  });
});
