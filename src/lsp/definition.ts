import type { Location, Position } from "vscode-languageserver-types";
import { resolveImportPath } from "../program/import-path.ts";
import type { DocumentState } from "./document-state.ts";
import { occurrenceAt } from "../names/find-occurrences.ts";
import { offsetOf } from "./places.ts";
import { locationOf, type Project } from "./project.ts";

/** Returns where the word at a position is declared, also in imports and the block library. For an import it is the file. */
export function definition(state: DocumentState, project: Project, position: Position): Location | null {
  const meaning = occurrenceAt(state.names, offsetOf(state.source, position))?.meaning;
  switch (meaning?.kind) {
    case "definition":
      return locationOf(project, meaning.definition.span);
    case "place":
      return locationOf(project, meaning.span);
    case "import": {
      const file = resolveImportPath(state.source.name, meaning.path);
      return file === null ? null : locationOf(project, { file, start: 0, end: 0 });
    }
    default:
      return null;
  }
}
