import { libraryFiles } from "./library-files.ts";
import type { BlockEntry, Program, ProgramFile } from "./program.ts";

/** Returns the block that a name stands for in a file: the file's own block, an imported one, or one of the library. Null if there is none. */
export function resolveBlock(file: ProgramFile, name: string): BlockEntry | null {
  const own = file.own.get(name) ?? file.imported.get(name);
  if (own !== undefined) return own;
  for (const candidate of libraryFiles()) {
    const entry = candidate.own.get(name);
    if (entry !== undefined) return entry;
  }
  return null;
}

/** Returns the name of every block that a file can use, for "did you mean". */
export function blockNames(file: ProgramFile): readonly string[] {
  return [
    ...file.own.keys(),
    ...file.imported.keys(),
    ...libraryFiles().flatMap((candidate) => [...candidate.own.keys()]),
  ];
}

/** Returns the files that a network's paths may lead to: the entry, every file that it imports, and the library. */
export function programFiles({ entry }: Program): readonly ProgramFile[] {
  const files = new Set<ProgramFile>();
  const add = (file: ProgramFile): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const imported of file.imported.values()) add(imported.file);
  };
  add(entry);
  return [...files, ...libraryFiles()];
}
