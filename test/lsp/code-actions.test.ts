import { describe, expect, test } from "vitest";
import type { CodeAction } from "vscode-languageserver-types";
import { TextDocument } from "vscode-languageserver-textdocument";
import { codeActions } from "../../src/lsp/code-actions.ts";
import { network, openMarked } from "./marked-workspace.ts";

/** Returns the actions at the marked place, and the file after the one whose title begins with `title`. */
function actionsAt(marked: string, only?: readonly string[]) {
  const { state, project, position } = openMarked(marked);
  const actions = codeActions(state, project, { start: position, end: position }, only);
  const after = (title: string): string => {
    const action: CodeAction | undefined = actions.find((candidate) => candidate.title.startsWith(title));
    const edits = action?.edit?.changes?.["file:///specs/n.mnet"];
    if (edits === undefined) throw new Error(`no action "${title}" among ${actions.map((a) => a.title).join("; ")}`);
    return TextDocument.applyEdits(TextDocument.create("", "mnet", 1, state.source.text), edits);
  };
  return { titles: actions.map(({ title }) => title), after };
}

const biased = network("  stem: conv 3x3 8 norm=batch bi¦as=true act=relu6");

describe("code actions", () => {
  test("a word that is nearly right", () => {
    expect(actionsAt(network("  conv 3x3 8 act=rel¦ux")).after("Write")).toContain("act=relu\n");
  });

  test("the fix of a rule says what it does to the figures, and does it", () => {
    const { titles, after } = actionsAt(biased);
    expect(titles[0]).toBe("Remove the bias: 8 trainable parameters less, 8 parameters less");
    expect(after("Remove the bias")).not.toContain("bias");
  });

  test("an ignore, with room for the reason", () => {
    expect(actionsAt(biased).after("Ignore bias-before-bn")).toContain("  // mnet-ignore bias-before-bn: \n  stem:");
  });

  test("the shape that comes out, stated; nothing where it is stated already", () => {
    expect(actionsAt(biased).after("State the output shape")).toContain("act=relu6 -> 32x32x8");
    expect(actionsAt(network("  co¦nv 3x3 8 -> 32x32x8")).titles).toEqual([]);
    expect(actionsAt(network("  conv 3x3 8\n  flat¦ten")).after("State")).toContain("flatten -> [8192]");
  });

  test("all safe fixes of the file, where that is asked for", () => {
    const { titles, after } = actionsAt(biased, ["source.fixAll"]);
    expect(titles).toEqual(["Apply all safe fixes"]);
    expect(after("Apply")).not.toContain("bias");
    expect(actionsAt(network("  ¦conv 3x3 8"), ["source.fixAll"]).titles).toEqual([]);
  });
});
