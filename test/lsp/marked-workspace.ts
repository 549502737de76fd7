import type { Position } from "vscode-languageserver-types";
import type { DocumentState } from "../../src/lsp/document-state.ts";
import { createWorkspace, type Workspace } from "../../src/lsp/server/workspace.ts";

/** A file that is open, and a place in it. */
export interface Marked {
  readonly state: DocumentState;
  readonly project: Workspace;
  readonly position: Position;
}

/**
 * Opens `marked` as /specs/n.mnet beside other files of the folder. The `¦` in it marks the place, and is taken out.
 */
export function openMarked(marked: string, others: Readonly<Record<string, string>> = {}): Marked {
  const offset = marked.indexOf("¦");
  if (offset < 0) throw new Error("no place is marked");
  const files = new Map(Object.entries(others).map(([name, text]) => [`/specs/${name}`, text]));
  const project = createWorkspace(
    {
      reader: () => (name) => files.get(name) ?? null,
      specsBelow: () => [...files.keys()],
      lintOptions: () => ({ options: {}, problem: null }),
      libraryFolder: () => "/library",
    },
    true,
  );
  project.setFolders(["file:///specs"]);
  const uri = "file:///specs/n.mnet";
  project.open(uri, "mnet", 1, marked.slice(0, offset) + marked.slice(offset + 1));
  const state = project.stateOfUri(uri);
  if (state === null) throw new Error("the file is gone");
  const before = marked.slice(0, offset).split("\n");
  return { state, project, position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 } };
}

/** A network around statements. */
export function network(body: string): string {
  return `network N {\n  param width = 1.0 in 0.5 .. 2.0\n  input image [32, 32, 3]\n${body}\n}\n`;
}
