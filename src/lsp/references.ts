import type { Location, Position } from "vscode-languageserver-types";
import type { DocumentState } from "./document-state.ts";
import type { Definition } from "../names/definition.ts";
import { definitionAt, occurrencesOf } from "../names/find-occurrences.ts";
import { offsetOf, rangeOf } from "./places.ts";
import type { Project } from "./project.ts";

/** Every place that names what the word at this place names, in this file and in those that can see it. */
export function references(
  state: DocumentState,
  project: Project,
  position: Position,
  withDeclaration: boolean,
): readonly Location[] {
  const found = definitionAt(state.names, offsetOf(state.source, position));
  if (found === null) return [];
  return filesNaming(state, project, found).flatMap((other) =>
    occurrencesOf(other.names, found)
      .filter(({ role }) => withDeclaration || role !== "definition")
      .map(({ span }) => ({ uri: project.uriOf(other.source.name), range: rangeOf(other.source, span) })),
  );
}

/** The states of files in which the definition may be named: all that hold the word, for what other files can see. */
export function filesNaming(state: DocumentState, project: Project, found: Definition): readonly DocumentState[] {
  const files = isVisibleElsewhere(found) ? project.files() : [];
  const names = new Set([found.span.file, state.source.name, ...files]);
  return [...names].flatMap((name) => {
    const other = name === state.source.name ? state : project.state(name);
    return other?.source.text.includes(found.name) === true ? [other] : [];
  });
}

/** Blocks and their parameters are used by files that import them, and labels in blocks by the paths of their networks. */
function isVisibleElsewhere({ kind }: Definition): boolean {
  return kind === "block" || kind === "parameter" || kind === "label";
}
