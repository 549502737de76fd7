import { foldable, getIndentation, ensureSyntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { mnet } from "../../src/codemirror/language.ts";
import { scanAt, type Stretch } from "../../src/codemirror/scan-line.ts";
import { linesOf, mnetFiles, piecesOf, textOf } from "./highlighted-files.ts";

function stretchesOf(line: string): readonly Stretch[] {
  const found: Stretch[] = [];
  for (let at = 0; at < line.length;) {
    const stretches = scanAt(line, at);
    found.push(...stretches);
    at = stretches.at(-1)?.to ?? at + 1;
  }
  return found;
}

function stateOf(text: string): EditorState {
  const state = EditorState.create({ doc: text, extensions: [mnet()] });
  ensureSyntaxTree(state, text.length, 5_000);
  return state;
}

describe("the CodeMirror language", () => {
  it.each(mnetFiles)("gives every token of %s its kind", (file) => {
    const text = textOf(file);
    const lines = linesOf(text).map(stretchesOf);
    const wrong = piecesOf(text).flatMap(({ line, from, to, image, kinds }) => {
      const covering = (lines[line] ?? []).filter((stretch) => stretch.from < to && stretch.to > from);
      const fits = covering.length > 0 && covering.every(({ kind }) => kinds.includes(kind));
      return fits ? [] : [`${line + 1}:${from + 1} ${image}: ${covering.map(({ kind }) => kind).join(", ")}`];
    });
    expect(wrong).toEqual([]);
  });

  it("gives the syntax tree a node for each coloured stretch", () => {
    const text = "/// a doc\nnetwork N {\n  input image [8, 8, 3]\n  stem: conv 3x3 8 act=relu6\n}\n";
    const state = stateOf(text);
    const named: string[] = [];
    ensureSyntaxTree(state, text.length)?.iterate({
      enter: ({ name, from, to }) => {
        if (to - from < text.length - 1) named.push(`${name} ${text.slice(from, to)}`);
      },
    });
    expect(named).toContain("label stem");
    expect(named).toContain("operation conv");
    expect(named).toContain("symbol relu6");
  });

  it("indents by braces", () => {
    const state = stateOf("network N {\n  branch add {\n    path { }\n\n  }\n}\n");
    const indentation = (line: number) => getIndentation(state, state.doc.line(line).from);
    expect([2, 3, 4, 5, 6].map(indentation)).toEqual([2, 4, 4, 2, 0]);
  });

  it("folds what stands between braces", () => {
    const text = "network N { // {\n  branch add {\n    path { }\n    path { x: conv 1x1 8 }\n  }\n}\nblock b { }\n";
    const state = stateOf(text);
    const folded = (line: number) => {
      const { from, to } = state.doc.line(line);
      const range = foldable(state, from, to);
      return range && text.slice(range.from, range.to);
    };
    expect(folded(2)).toBe("\n    path { }\n    path { x: conv 1x1 8 }\n  ");
    expect(folded(1)).toMatch(/^ \/\/ \{\n {2}branch[^]*\}\n$/);
    expect([3, 4, 7].map(folded)).toEqual([null, null, null]);
  });
});
