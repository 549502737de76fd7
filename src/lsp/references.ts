import type { Location, Position } from "vscode-languageserver-types";
import type { DocumentState } from "./document-state.ts";
import type { Definition } from "../names/definition.ts";
import { definitionAt, occurrencesOf } from "../names/find-occurrences.ts";
import { offsetOf, rangeOf } from "./places.ts";
import type { Project } from "./project.ts";

/** Returns every place that names what the word at a position names, in this file and in those that can see it. */
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

/** Returns the files that may name a definition: this one and, if other files can see the definition, all that hold its name. */
export function filesNaming(state: DocumentState, project: Project, found: Definition): readonly DocumentState[] {
  const files = isVisibleElsewhere(found) ? project.files() : [];
  const names = new Set([found.span.file, state.source.name, ...files]);
  return [...names].flatMap((name) => {
    const other = name === state.source.name ? state : project.state(name);
    return other?.source.text.includes(found.name) === true ? [other] : [];
  });
}

/** True for what other files can name: blocks and parameters by importing them, labels in blocks by the paths of their networks. */
function isVisibleElsewhere({ kind }: Definition): boolean {
  return kind === "block" || kind === "parameter" || kind === "label";
}
