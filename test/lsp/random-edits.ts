import { diagnosticsOf } from "../../src/lsp/diagnostics.ts";
import { documentSymbols } from "../../src/lsp/document-symbols.ts";
import { inlayHints } from "../../src/lsp/inlay-hints.ts";
import { semanticTokens } from "../../src/lsp/semantic-tokens.ts";
import type { Host } from "../../src/lsp/server/host.ts";
import { createWorkspace, type Workspace } from "../../src/lsp/server/workspace.ts";
import type { RandomSource } from "../../src/weights/random.ts";

const uri = "file:///specs/edited.mnet";
const whole = { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } };

/** A machine without files. */
const host: Host = {
  reader: () => () => null,
  specsBelow: () => [],
  lintOptions: () => ({ options: {}, problem: null }),
  libraryFolder: () => "/library",
};

export function openWorkspace(text: string): Workspace {
  const workspace = createWorkspace(host, true);
  workspace.open(uri, "mnet", 1, text);
  return workspace;
}

/** Everything that an editor shows of the file. */
export function shown(workspace: Workspace): string {
  const state = workspace.stateOfUri(uri);
  if (state === null) throw new Error("the file is gone");
  return JSON.stringify([
    state.source.text,
    diagnosticsOf(state, workspace),
    inlayHints(state, whole),
    documentSymbols(state),
    semanticTokens(state, null),
  ]);
}

const pieces = [
  "",
  " ",
  "\n",
  "\r\n",
  "{",
  "}",
  "|",
  "(",
  ")",
  "=",
  "conv 3x3 8",
  "act=relu",
  "2",
  "stem: ",
  "//",
  '"',
  "é",
  "𝛼",
];

/** One change as an editor sends it: a range of up to twelve characters that becomes something else. */
export function editOnce(workspace: Workspace, version: number, { uniform }: RandomSource): void {
  const text = workspace.stateOfUri(uri)?.source.text ?? "";
  const start = Math.floor(uniform() * (text.length + 1));
  const end = Math.min(text.length, start + Math.floor(uniform() ** 2 * 12));
  const line = (offset: number) => text.slice(0, offset).split(/\r\n|\r|\n/);
  const position = (offset: number) => ({
    line: line(offset).length - 1,
    character: (line(offset).at(-1) ?? "").length,
  });
  const range = { start: position(start), end: position(end) };
  workspace.change(uri, version, [{ range, text: pieces[Math.floor(uniform() * pieces.length)] ?? "" }]);
}
