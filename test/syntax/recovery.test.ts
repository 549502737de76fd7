import { describe, expect, it } from "vitest";
import { codesOf, inNetwork, parseText, withoutSpans } from "./tree-text.ts";

/** `A broken`, `B whole`, one a network, preset or block. */
function states(text: string): readonly string[] {
  return parseText(text).file.items.flatMap((item) =>
    "broken" in item ? [`${item.name.text} ${item.broken ? "broken" : "whole"}`] : [],
  );
}

describe("recovery keeps to the line", () => {
  it("reports every bad statement once, on its first token too many", () => {
    const text = inNetwork(
      "conv 3x3 8 ) ] ) (",
      "conv 3x3 8",
      "conv 3x3 = 8 = 9",
      "let = 3",
      "conv f(1 2) g(3 4)",
      "pool avg ->",
    );
    expect(codesOf(text)).toEqual([
      "2:14 syntax/unexpected-token",
      "4:12 syntax/unexpected-token",
      "5:7 syntax/unexpected-token",
      "6:12 syntax/unexpected-token",
      "7:14 syntax/unexpected-token",
    ]);
  });

  it("spoils one line with a missing parenthesis", () => {
    expect(codesOf(inNetwork("conv 3x3 f(32 stride=2", "conv 3x3 8", "conv )"))).toEqual([
      "2:17 syntax/unexpected-token",
      "4:8 syntax/unexpected-token",
    ]);
  });

  it("finds errors in bodies whose head is in error, and in each of two on a line", () => {
    expect(codesOf(inNetwork("if x = 1 {", "  conv )", "} else if {", "  conv ]", "}"))).toEqual([
      "2:8 syntax/unexpected-token",
      "3:10 syntax/unexpected-token",
      "4:13 syntax/unexpected-token",
      "5:10 syntax/unexpected-token",
    ]);
    expect(codesOf("network N { if a { conv ( } conv ) }\n")).toEqual([
      "1:27 syntax/unexpected-token",
      "1:34 syntax/unexpected-token",
    ]);
    expect(codesOf("network N = {\n  conv )\n}\n")[0]).toBe("1:13 syntax/unexpected-token");
  });

  it("tells a run of like lines that cannot stand there once", () => {
    expect(codesOf(inNetwork("| 1 | 2 |", "| 3 | 4 |", "| 5 | 6 |"))).toEqual(["2:3 syntax/unexpected-token"]);
    expect(codesOf(inNetwork("stage {", "  conv 3x3 8", "  pool avg", "}"))).toEqual(["3:5 syntax/unexpected-token"]);
  });

  it("says nothing of what a lexical error spoils", () => {
    expect(codesOf(inNetwork("conv 5k = 3", "conv $ )", 'conv "abc', "conv 3xk 1."))).toEqual([
      "2:8 syntax/bad-number",
      "3:8 syntax/bad-character",
      "4:8 syntax/unterminated-string",
      "5:8 syntax/bad-number",
      "5:12 syntax/bad-number",
    ]);
  });

  it("tells the end of the file as a place", () => {
    expect(codesOf("network N {\n  conv 3x3 f(")).toEqual([
      "1:11 syntax/unclosed-brace",
      "2:14 syntax/unexpected-token",
    ]);
    expect(codesOf("network")).toEqual(["1:8 syntax/unexpected-token"]);
  });
});

describe("recovered input never compiles to something else", () => {
  it("breaks the network with the error, and no other", () => {
    expect(states("network A {\n  conv )\n}\nnetwork B {\n  conv 3\n}\nblock c(x {\n}\nnetwork D = A(w=)\n")).toEqual([
      "A broken",
      "B whole",
      "c broken",
      "D broken",
    ]);
  });

  it("breaks for structural and lexical errors too", () => {
    expect(states(inNetwork("conv 3 a=1 a=2"))).toEqual(["N broken"]);
    expect(states(inNetwork("conv 3 $"))).toEqual(["N broken"]);
    expect(states("$network N { }\n")).toEqual(["N broken"]);
    expect(states("$\nnetwork N { }\n$\nnetwork M { }\n")).toEqual(["N whole", "M whole"]);
    expect(states("network N { } x\n")).toEqual(["N broken"]);
    expect(states("network N family=$ { }\n")).toEqual(["N broken"]);
  });

  it("breaks a network that a brace too many has cut short", () => {
    const { file } = parseText("network A {\n  if x {\n  } }\n  conv 3x3 8\n}\nnetwork B {\n}\n");
    expect(file.incomplete).toBe(true);
    expect(states("network A {\n  if x {\n  } }\n  conv 3x3 8\n}\nnetwork B {\n}\n")).toEqual(["A broken", "B whole"]);
    expect(states("network A {\n}\nconv 3\n}\nnetwork B {\n}\n")).toEqual(["A broken", "B whole"]);
  });

  it("ends a body without its brace where the next network begins", () => {
    const text = "network A {\n  if x {\n    conv 3\n}\nnetwork B {\n  conv 3\n}\n";
    expect(states(text)).toEqual(["A broken", "B whole"]);
    expect(codesOf(text)).toEqual(["1:11 syntax/unclosed-brace"]);
    // A brace too many elsewhere does not hide it.
    expect(states(`${text}}\n`)).toEqual(["A broken", "B broken"]);
  });

  it("leaves networks whole beside lines that declare nothing", () => {
    expect(states("network A {\n}\nfoo bar\nnetwork B {\n}\n")).toEqual(["A whole", "B whole"]);
    expect(parseText("network A {\n}\nfoo bar\n").file.incomplete).toBe(true);
  });

  it("makes the value of a broken let and the path of a broken import unknown", () => {
    const { file } = parseText(
      'let a = 3 4\nlet b = $ 4\nlet c = 3\nimport "x" y\nimport 3\nlet f(x, x) = x\nconv 3\nlet d = 4\n',
    );
    expect(withoutSpans(file.items)).toMatchObject([
      { name: { text: "a" }, value: { kind: "hole" } },
      { name: { text: "b" }, value: { kind: "hole" } },
      { name: { text: "c" }, value: { kind: "number", value: 3 } },
      { kind: "import", path: null },
      { kind: "import", path: null },
      { name: { text: "f" }, value: { kind: "hole" } },
      { name: { text: "d" }, value: { kind: "number", value: 4 } },
    ]);
  });

  it("has a hole where an expression is in error, and a name without text where one is missing", () => {
    const { file } = parseText(inNetwork("conv 3x3 f(1 +) stride=", "let = 3"));
    expect(withoutSpans(file.items)).toMatchObject([
      { body: [{ positional: [{ kind: "dims" }, { kind: "hole" }] }, { kind: "let", name: { text: "" } }] },
    ]);
  });

  it("takes a bad number for no number", () => {
    const { file } = parseText(inNetwork("conv 1. 5k -> 3xk"));
    expect(withoutSpans(file.items)).toMatchObject([
      { body: [{ positional: [{ kind: "hole" }, { kind: "hole" }], expectedShape: { kind: "hole" } }] },
    ]);
  });
});

describe("limits", () => {
  it("refuses deep nesting, long chains and deep arms with one finding", () => {
    expect(codesOf(`network N {\n  let x = ${"(".repeat(64)}1${")".repeat(64)}\n}\n`)).toEqual([
      "2:74 syntax/too-deep",
    ]);
    expect(codesOf(inNetwork(`let x = 1${"+1".repeat(1001)}`))).toEqual(["2:2012 syntax/too-deep"]);
    expect(codesOf(inNetwork(`if a { }${" else if a { }".repeat(1001)}`))).toEqual(["2:3 syntax/too-deep"]);
    expect(parseText("(".repeat(1000)).file.items).toEqual([]);
  });
});

describe("a file that declares nothing", () => {
  it.each(["", "\n\n", "// only\n", "let a = 3\n", 'import "a.mnet"\n', "\uFEFF"])("%j", (text) => {
    expect(codesOf(text)).toEqual(["1:1 syntax/empty-file"]);
  });

  it("says nothing of it beside an error", () => {
    expect(codesOf("netwrk A {\n}\n")).toEqual(["1:1 syntax/unknown-item"]);
  });
});
