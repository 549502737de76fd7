import { TextDocument } from "vscode-languageserver-textdocument";
import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import { library } from "../../../generated/library.ts";
import { LIBRARY_FOLDER } from "../../program/program.ts";
import { createSource } from "../../text/source.ts";
import { createDocumentState, type DocumentState } from "../document-state.ts";
import type { Project } from "../project.ts";
import { nameOfUri, uriOfName } from "./file-names.ts";
import type { Host } from "./host.ts";

/** The documents that the editor holds, and the files around them. */
export interface Workspace extends Project {
  readonly open: (uri: string, languageId: string, version: number, text: string) => void;
  readonly change: (uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]) => void;
  readonly close: (uri: string) => void;
  /** Tells the workspace that files have changed on disk. Configurations count as files. */
  readonly forget: (uris: readonly string[]) => void;
  /** Returns the document of a URI. */
  readonly stateOfUri: (uri: string) => DocumentState | null;
  /** Returns the open documents that are one of these files or have read one; all documents where one is a configuration. */
  readonly affected: (uris: readonly string[]) => readonly OpenDocument[];
  readonly setFolders: (uris: readonly string[]) => void;
  readonly changeFolders: (added: readonly string[], removed: readonly string[]) => void;
  /** Returns the text of a library file by its URI, for clients that show it themselves. */
  readonly libraryText: (uri: string) => string | null;
}

export interface OpenDocument {
  readonly uri: string;
  readonly version: number;
}

interface Entry {
  readonly state: DocumentState;
  /** Names of the files that it has asked for, also those that do not exist. */
  readonly reads: ReadonlySet<string>;
}

const configName = /\/mnet\.config\.json$/;

/**
 * Returns an empty workspace.
 *
 * @param showsLibrary True where the editor shows library files by their own URIs; else they are opened from a folder on disk.
 */
export function createWorkspace(host: Host, showsLibrary: boolean): Workspace {
  const documents = new Map<string, TextDocument>();
  const entries = new Map<string, Entry>();
  const libraryTexts = new Map(library.map(({ name, text }) => [`${LIBRARY_FOLDER}/${name}`, text]));
  let folders: readonly string[] = [];

  const libraryFolder = (): string => host.libraryFolder();
  const nameOf = (uri: string): string => {
    const name = nameOfUri(uri);
    const base = name.slice(name.lastIndexOf("/") + 1);
    const inLibrary = libraryTexts.has(`${LIBRARY_FOLDER}/${base}`) && !showsLibrary && name.startsWith("/");
    return inLibrary && name === `${libraryFolder()}/${base}` ? `${LIBRARY_FOLDER}/${base}` : name;
  };
  const uriOf = (name: string): string => {
    const open = documents.get(name);
    if (open !== undefined) return open.uri;
    if (!libraryTexts.has(name) || showsLibrary) return uriOfName(name);
    return uriOfName(`${libraryFolder()}${name.slice(LIBRARY_FOLDER.length)}`);
  };

  const textOf = (name: string): string | null =>
    documents.get(name)?.getText() ?? libraryTexts.get(name) ?? host.reader(name)(name);

  const makeEntry = (name: string, text: string): Entry => {
    const reads = new Set<string>();
    const disk = host.reader(name);
    const read = (path: string): string | null => {
      reads.add(path);
      return documents.get(path)?.getText() ?? disk(path);
    };
    return { state: createDocumentState(createSource(name, text), read, host.lintOptions(name).options), reads };
  };

  const state = (name: string): DocumentState | null => {
    const known = entries.get(name);
    if (known !== undefined) return known.state;
    const text = textOf(name);
    if (text === null) return null;
    const entry = makeEntry(name, text);
    entries.set(name, entry);
    return entry.state;
  };

  const changed = (names: readonly string[]): void => {
    const all = names.some((name) => configName.test(name));
    for (const [name, { reads }] of entries) {
      if (all || names.includes(name) || names.some((other) => reads.has(other))) entries.delete(name);
    }
  };

  return {
    state,
    uriOf,
    files: () => {
      const found = folders.flatMap((folder) => host.specsBelow(folder));
      return [...new Set([...documents.keys(), ...found])].filter((name) => !libraryTexts.has(name));
    },
    open(uri, languageId, version, text) {
      const name = nameOf(uri);
      documents.set(name, TextDocument.create(uri, languageId, version, text));
      changed([name]);
    },
    change(uri, version, changes) {
      const name = nameOf(uri);
      const document = documents.get(name);
      if (document === undefined) return;
      documents.set(name, TextDocument.update(document, [...changes], version));
      changed([name]);
    },
    close(uri) {
      const name = nameOf(uri);
      documents.delete(name);
      changed([name]);
    },
    forget: (uris) => changed(uris.map(nameOf)),
    stateOfUri: (uri) => state(nameOf(uri)),
    affected(uris) {
      const names = uris.map(nameOf);
      const all = names.some((name) => configName.test(name));
      return [...documents].flatMap(([name, { uri, version }]) => {
        // A document that nobody has asked about since its last change has read nothing yet, and is read anew in any case.
        const reads = entries.get(name)?.reads;
        const touched = all || names.includes(name) || reads === undefined || names.some((other) => reads.has(other));
        return touched ? [{ uri, version }] : [];
      });
    },
    setFolders(uris) {
      folders = uris.map(nameOf);
    },
    changeFolders(added, removed) {
      const gone = removed.map(nameOf);
      folders = [...folders.filter((folder) => !gone.includes(folder)), ...added.map(nameOf)];
    },
    libraryText: (uri) => libraryTexts.get(nameOf(uri)) ?? null,
  };
}
