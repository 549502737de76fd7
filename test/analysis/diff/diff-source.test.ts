import { describe, expect, it } from "vitest";
import { diffSource } from "../../../src/analysis/diff/diff-source.ts";
import { diffSide } from "./diff-side.ts";

const before = `/// A net.
let base = 4
block unit(c, k = 3) { conv k c act=relu }
block unused(c) { conv 1x1 c }
network N {
  input image [8, 8, 4]
  unit {
    | c | n |
    | base | 2 |
    | 8 | 1 |
  }
  if base > 2 { pool max 2 } else { pool avg 2 }
  last: conv 1x1 8
}
network Other {
  input image [8, 8, 4]
  conv 1x1 2
}
network P = Q()
network Q {
  param c = 4
  input image [8, 8, 4]
  conv 1x1 c
}
`;

function changes(after: string, networks: { readonly a?: string; readonly b?: string } = {}): readonly string[] {
  const [a, b] = [diffSide(before, networks.a ?? "N"), diffSide(after, networks.b ?? networks.a ?? "N")];
  return diffSource(
    { program: a.program, network: a.training.name },
    { program: b.program, network: b.training.name },
  ).flatMap(({ declaration, change, lines }) => [
    `${change} ${declaration}`,
    ...lines.map((line) => `  ${line.change === "added" ? "+" : "-"} ${line.line} ${line.text}`),
  ]);
}

describe("diffSource", () => {
  it("leaves comments, documentation, spacing and the way of writing a number out", () => {
    const after = before
      .replace("/// A net.", "// Another.")
      .replace("    | base | 2 |", "    |   base |     2.0 | // wide\n")
      .replace("last: conv", "/// The last one.\n  last:   conv")
      .replace("let base = 4", "\n\nlet base = (4)");
    expect(changes(after)).toEqual([]);
  });

  it("leaves out what the network does not use", () => {
    expect(
      changes(
        before.replace("unused(c) { conv 1x1 c }", "unused(c) { conv 3x3 c }").replace("conv 1x1 2", "conv 1x1 3"),
      ),
    ).toEqual([]);
  });

  it("finds rows, statements, conditions and arms, with their lines", () => {
    expect(changes(before.replace("| base | 2 |", "| base | 3 |"))).toEqual([
      "changed network N",
      "  - 9 | base | 2 |",
      "  + 9 | base | 3 |",
    ]);
    expect(changes(before.replace("base > 2", "base >= 2").replace("pool avg 2", "pool avg 4"))).toEqual([
      "changed network N",
      "  - 12 if base > 2 { pool max 2 } else { pool avg 2 }",
      "  + 12 if base >= 2 { pool max 2 } else { pool avg 4 }",
      "  - 12 pool avg 2",
      "  + 12 pool avg 4",
    ]);
    expect(changes(before.replace("last: conv 1x1 8", "last: conv 1x1 8\n  act relu"))).toEqual([
      "changed network N",
      "  + 14 act relu",
    ]);
  });

  it("follows blocks and lets", () => {
    expect(changes(before.replace("conv k c act=relu", "conv k c act=relu6"))).toEqual([
      "changed block unit",
      "  - 3 conv k c act=relu",
      "  + 3 conv k c act=relu6",
    ]);
    expect(changes(before.replace("let base = 4", "let base = 6"))).toEqual([
      "changed let base",
      "  - 2 let base = 4",
      "  + 2 let base = 6",
    ]);
    const more = before.replace("let base = 4", "let two = 2\nlet base = 2 + two");
    expect(changes(more).filter((line) => !line.startsWith(" "))).toEqual(["changed let base", "added let two"]);
  });

  it("looks into a preset and its base", () => {
    expect(changes(before.replace("Q()", "Q(c=5)"), { a: "P" })).toEqual([
      "changed network P",
      "  - 19 network P = Q()",
      "  + 19 network P = Q(c=5)",
    ]);
    expect(changes(before.replace("param c = 4", "param c = 5"), { a: "P" })[0]).toBe("changed network Q");
  });

  it("compares two networks of one file", () => {
    const found = changes(before, { a: "N", b: "Other" });
    expect(found[0]).toBe("changed network N -> network Other");
    expect(found).toContain("removed block unit");
    expect(found).toContain("  + 17 conv 1x1 2");
  });

  it("finds a block that a file's own now replaces", () => {
    const text = "network N {\n  input image [8, 8, 4]\n  bottleneck 6 4\n}\n";
    const own = `block bottleneck(t, c) { conv 3x3 c }\n${text}`;
    const [a, b] = [diffSide(text), diffSide(own)];
    const [change] = diffSource({ program: a.program, network: "N" }, { program: b.program, network: "N" });
    expect(change).toMatchObject({ declaration: "block bottleneck", change: "changed" });
  });
});
