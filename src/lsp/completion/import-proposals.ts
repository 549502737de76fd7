import { CompletionItemKind } from "vscode-languageserver-types";
import type { DocumentState } from "../document-state.ts";
import type { Project } from "../project.ts";
import type { Proposal } from "./proposal.ts";

/** Returns the other specs of the workspace, by their paths from this one. */
export function importProposals({ source }: DocumentState, project: Project): readonly Proposal[] {
  const folder = source.name.split("/").slice(0, -1);
  return project
    .files()
    .filter((file) => file !== source.name && file.startsWith("/") === source.name.startsWith("/"))
    .map((file) => ({ label: relative(folder, file.split("/")), kind: CompletionItemKind.File }));
}

function relative(folder: readonly string[], file: readonly string[]): string {
  let shared = 0;
  while (shared < folder.length && shared < file.length - 1 && folder[shared] === file[shared]) shared++;
  return [...folder.slice(shared).map(() => ".."), ...file.slice(shared)].join("/");
}
