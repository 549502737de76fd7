import { describe, expect, it } from "vitest";
import { inlayHints } from "../../src/lsp/inlay-hints.ts";
import { network, openMarked } from "./marked-workspace.ts";

/** The hints of some lines of a text, as `line:text`. */
function hintsOf(text: string, first = 0, last = 1000): readonly string[] {
  const { state } = openMarked(`${text}¦`);
  const range = { start: { line: first, character: 0 }, end: { line: last, character: 0 } };
  return inlayHints(state, range).map(({ position, label }) => {
    const parts = typeof label === "string" ? label : label.map(({ value }) => value).join("");
    return `${String(position.line + 1)}:${parts}`;
  });
}

describe("inlay hints", () => {
  it("gives a layer its shape, weights and multiply-adds, and the network its totals", () => {
    expect(hintsOf(network("  conv 3x3 8"))).toEqual([
      "1:224 params · 221K MACs",
      "4:32x32x8 · 224 params · 221K MACs",
    ]);
  });

  it("gives each row of a table its own, and the table their sum", () => {
    const hints = hintsOf(network("  bottleneck {\n    | t | c | n |\n    | 1 | 3 | 1 |\n    | 2 | 8 | 1 |\n  }"));
    expect(hints.map((hint) => hint.split(":")[0])).toEqual(["1", "6", "7", "8"]);
    expect(hints[1]).toContain("32x32x3");
    expect(hints[1]).toContain("residual");
    expect(hints[2]).toContain("no residual");
    expect(hints[3]).toContain("32x32x8");
  });

  it("gives the layers of each path theirs before the branch gets its own", () => {
    const hints = hintsOf(network("  branch concat {\n    path {\n      conv 1x1 4\n    }\n    path { }\n  }"));
    expect(hints.slice(1).map((hint) => hint.split(" ")[0])).toEqual(["6:32x32x4", "9:32x32x7"]);
  });

  it("leaves a shape out that the statement states", () => {
    expect(hintsOf(network("  conv 3x3 8 -> [32, 32, 8]"))[1]).toBe("4:224 params · 221K MACs");
  });

  it("shows only what lies in the range", () => {
    const text = network("  conv 3x3 8\n  conv 3x3 8\n  conv 3x3 8");
    expect(hintsOf(text, 4, 5)).toEqual(["5:32x32x8 · 584 params · 590K MACs"]);
  });

  it("shows nothing that an error leaves open", () => {
    expect(hintsOf(network("  conv 3x3 8\n  conv 3x3 (4 * nothing)"))).toEqual(["4:32x32x8 · 224 params · 221K MACs"]);
  });
});
