import { LIBRARY_FOLDER } from "../program/program.ts";
import type { Location } from "vscode-languageserver-types";
import type { Span } from "../text/span.ts";
import type { DocumentState } from "./document-state.ts";
import { rangeOf } from "./places.ts";

/** The files around a document, for features that look beyond it. Names are those that the compiler uses. */
export interface Project {
  /** Returns a file as it is now, in an editor or else on disk; null if there is none. */
  readonly state: (file: string) => DocumentState | null;
  /** Returns the names of all specs, without the block library's files. */
  readonly files: () => readonly string[];
  readonly uriOf: (file: string) => string;
}

/** Returns a place for the protocol; null if its file is gone. */
export function locationOf(project: Project, span: Span): Location | null {
  const state = project.state(span.file);
  return state === null ? null : { uri: project.uriOf(span.file), range: rangeOf(state.source, span) };
}

/** True for a file of the block library. Those files are part of the compiler and cannot be changed. */
export function isLibrary(file: string): boolean {
  return file.startsWith(`${LIBRARY_FOLDER}/`);
}
