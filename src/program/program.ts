import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { BlockDeclaration, NetworkDeclaration, PresetDeclaration, SourceFile } from "../syntax/ast.ts";
import type { Source } from "../text/source.ts";

/** Reads the text of a file by its path. Returns null if there is no file, if it is no text, or if it lies outside the project. */
export type ReadFile = (path: string) => string | null;

/** A block and the file that declares it. */
export interface BlockEntry {
  readonly declaration: BlockDeclaration;
  readonly file: ProgramFile;
}

/** A parsed file with the blocks that it can name. */
export interface ProgramFile {
  readonly source: Source;
  readonly ast: SourceFile;
  readonly own: ReadonlyMap<string, BlockEntry>;
  readonly imported: ReadonlyMap<string, BlockEntry>;
  readonly fromLibrary: boolean;
}

/** A spec with all files that it imports, parsed. */
export interface Program {
  readonly entry: ProgramFile;
  /** Every file that was read, by name. Messages show places in them. */
  readonly sources: ReadonlyMap<string, Source>;
  /** Networks and presets of the entry file, in order. */
  readonly networks: ReadonlyMap<string, NetworkDeclaration | PresetDeclaration>;
  readonly read: ReadFile;
  readonly diagnostics: readonly Diagnostic[];
}

/** The folder that messages name for the files of the block library. */
export const LIBRARY_FOLDER = "mnet:library";
