import { describe, expect, it } from "vitest";
import { SymbolKind, type DocumentSymbol } from "vscode-languageserver-types";
import { documentSymbols } from "../../src/lsp/document-symbols.ts";
import { network, openMarked } from "./marked-workspace.ts";

function symbolsOf(text: string): readonly DocumentSymbol[] {
  return documentSymbols(openMarked(`${text}¦`).state);
}

/** An outline, one name a line, indented by depth; the detail in brackets. */
function outline(symbols: readonly DocumentSymbol[], indent = ""): string {
  return symbols
    .map(({ name, detail, children }) => {
      const own = `${indent}${name}${detail === undefined ? "" : ` (${detail})`}\n`;
      return own + outline(children ?? [], `${indent}  `);
    })
    .join("");
}

describe("document symbols", () => {
  it("lists declarations with what stands in them", () => {
    const text = `let reduction = 4\nlet ch(c) = c * 2\nblock unit(c, t) {\n  conv 1x1 c\n}\n${network("  stem: conv 3x3 8\n  output x = stem")}network Wide = N(width=2)\n`;
    expect(outline(symbolsOf(text))).toBe(
      [
        "reduction (let)",
        "ch (let)",
        "unit ((c, t))",
        "  conv",
        "N",
        "  width (param)",
        "  image (input)",
        "  stem (conv 32x32x8)",
        "  x (output)",
        "Wide (N)",
        "",
      ].join("\n"),
    );
  });

  it("numbers the rows of a table and the paths of a branch", () => {
    const body =
      "  bottleneck {\n    | t | c |\n    | 1 | 8 |\n    | 1 | 8 |\n  }\n  branch add {\n    side: path {\n      conv 1x1 8\n    }\n    path { }\n  }";
    expect(outline(symbolsOf(network(body)))).toContain(
      [
        "  bottleneck (32x32x8)",
        "    bottleneck1 (32x32x8)",
        "    bottleneck2 (32x32x8)",
        "  branch add (32x32x8)",
        "    side",
        "      conv (32x32x8)",
        "    path2",
      ].join("\n"),
    );
  });

  it("shows the statements of an `if` beside those around it", () => {
    const body = "  if width > 1 {\n    wide: conv 3x3 8\n  } else {\n    narrow: conv 3x3 4\n  }";
    const [shown] = symbolsOf(network(body));
    expect(shown?.children?.map(({ name }) => name)).toEqual(["width", "image", "wide", "narrow"]);
  });

  it("names a hole, and puts every name inside its symbol, as the protocol demands", () => {
    const symbols = symbolsOf("network {\n  conv\n");
    expect(symbols).toHaveLength(1);
    for (const { name, range, selectionRange, kind } of symbols) {
      expect(name).toBe("…");
      expect(kind).toBe(SymbolKind.Class);
      expect(selectionRange.start.line).toBeGreaterThanOrEqual(range.start.line);
      expect(selectionRange.end.line).toBeLessThanOrEqual(range.end.line);
    }
  });
});
