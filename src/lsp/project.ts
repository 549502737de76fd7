import { LIBRARY_FOLDER } from "../program/program.ts";
import type { Location } from "vscode-languageserver-types";
import type { Span } from "../text/span.ts";
import type { DocumentState } from "./document-state.ts";
import { rangeOf } from "./places.ts";

/** The files around a document, for features that look beyond it. Files go by the names that the compiler knows them by. */
export interface Project {
  /** A file as it is now, in an editor or else on disk; null where there is none. */
  readonly state: (file: string) => DocumentState | null;
  /** Every spec there is, the block library's files apart. */
  readonly files: () => readonly string[];
  readonly uriOf: (file: string) => string;
}

/** Null for a place in a file that is gone. */
export function locationOf(project: Project, span: Span): Location | null {
  const state = project.state(span.file);
  return state === null ? null : { uri: project.uriOf(span.file), range: rangeOf(state.source, span) };
}

/** The block library's files are part of the compiler, and nobody's to change. */
export function isLibrary(file: string): boolean {
  return file.startsWith(`${LIBRARY_FOLDER}/`);
}
