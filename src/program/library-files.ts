import { library } from "../../generated/library.ts";
import { parseFile } from "../syntax/parse.ts";
import { createSource } from "../text/source.ts";
import { LIBRARY_FOLDER, type BlockEntry, type ProgramFile } from "./program.ts";

let parsedLibrary: readonly ProgramFile[] | null = null;

/** Returns the files of the block library. They are parsed at the first call. */
export function libraryFiles(): readonly ProgramFile[] {
  parsedLibrary ??= library.map(({ name, text }) => {
    const source = createSource(`${LIBRARY_FOLDER}/${name}`, text);
    const { file: ast, diagnostics } = parseFile(source);
    const [first] = diagnostics;
    if (first !== undefined) throw new Error(`internal: ${name} of the block library does not parse: ${first.message}`);
    const own = new Map<string, BlockEntry>();
    const file: ProgramFile = { source, ast, own, imported: new Map(), fromLibrary: true };
    for (const item of ast.items) {
      if (item.kind === "block") own.set(item.name.text, { declaration: item, file });
    }
    return file;
  });
  return parsedLibrary;
}
