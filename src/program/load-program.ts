import { error, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ImportDeclaration, NetworkDeclaration, PresetDeclaration } from "../syntax/ast.ts";
import { parseFile } from "../syntax/parse.ts";
import { createSource, type Source } from "../text/source.ts";
import type { Span } from "../text/span.ts";
import { resolveImportPath } from "./import-path.ts";
import type { BlockEntry, Program, ProgramFile, ReadFile } from "./program.ts";

/** A program while its files are read. */
interface Loading {
  readonly read: ReadFile;
  readonly diagnostics: Diagnostic[];
  readonly sources: Map<string, Source>;
  readonly files: Map<string, ProgramFile>;
  /** The files whose imports are being read, the entry first. */
  readonly open: string[];
}

/**
 * Parses a file and everything that it imports, and collects the names that the files declare.
 *
 * @param entry the file to start from.
 * @param read reads the imported files and files of labels.
 * @returns the parsed files with all diagnostics. A file with errors is part of it; what is broken in it is not compiled.
 */
export function loadProgram(entry: Source, read: ReadFile): Program {
  const loading: Loading = { read, diagnostics: [], sources: new Map(), files: new Map(), open: [] };
  const file = loadFile(loading, entry);
  const networks = collectNetworks(loading, file);
  return { entry: file, sources: loading.sources, networks, read, diagnostics: loading.diagnostics };
}

function loadFile(loading: Loading, source: Source): ProgramFile {
  loading.sources.set(source.name, source);
  const { file: ast, diagnostics } = parseFile(source);
  loading.diagnostics.push(...diagnostics);
  const own = new Map<string, BlockEntry>();
  const imported = new Map<string, BlockEntry>();
  const file: ProgramFile = { source, ast, own, imported, fromLibrary: false };
  loading.files.set(source.name, file);
  loading.open.push(source.name);
  collectBlocks(loading, file, own);
  for (const item of ast.items) {
    if (item.kind === "import") importBlocks(loading, file, item, imported);
  }
  loading.open.pop();
  return file;
}

function collectBlocks({ diagnostics }: Loading, file: ProgramFile, own: Map<string, BlockEntry>): void {
  for (const item of file.ast.items) {
    if (item.kind !== "block" || item.name.text === "") continue;
    const earlier = own.get(item.name.text);
    if (earlier === undefined) own.set(item.name.text, { declaration: item, file });
    else diagnostics.push(duplicate("block", item.name.text, item.name.span, earlier.declaration.name.span));
  }
}

function collectNetworks({ diagnostics }: Loading, file: ProgramFile): Program["networks"] {
  const networks = new Map<string, NetworkDeclaration | PresetDeclaration>();
  for (const item of file.ast.items) {
    if ((item.kind !== "network" && item.kind !== "preset") || item.name.text === "") continue;
    const earlier = networks.get(item.name.text);
    if (earlier === undefined) networks.set(item.name.text, item);
    else diagnostics.push(duplicate("network", item.name.text, item.name.span, earlier.name.span));
  }
  return networks;
}

function importBlocks(
  loading: Loading,
  file: ProgramFile,
  item: ImportDeclaration,
  imported: Map<string, BlockEntry>,
): void {
  const target = importedFile(loading, file, item);
  for (const [name, entry] of target?.own ?? []) {
    const earlier = imported.get(name);
    if (earlier === undefined || earlier.declaration === entry.declaration) {
      imported.set(name, entry);
      continue;
    }
    loading.diagnostics.push(
      error("import/duplicate-block", item.pathSpan, `Block "${name}" comes from two imports.`, {
        hint: "Rename one of them, or import only one of the files.",
        related: [
          { message: "declared here", span: earlier.declaration.name.span },
          { message: "and here", span: entry.declaration.name.span },
        ],
      }),
    );
  }
}

/** Returns the file that an import names, and reads it if no import named it before. Reports the fault and returns null if it cannot be read. */
function importedFile(loading: Loading, file: ProgramFile, item: ImportDeclaration): ProgramFile | null {
  if (item.path === null) return null;
  const { diagnostics, files, open, read } = loading;
  const path = resolveImportPath(file.source.name, item.path);
  if (path === null) {
    diagnostics.push(
      error("import/path", item.pathSpan, `"${item.path}" is no relative path to a file.`, {
        hint: 'Import by a path relative to this file: "blocks.mnet", "../blocks.mnet".',
      }),
    );
    return null;
  }
  if (open.includes(path)) {
    const circle = [...open.slice(open.indexOf(path)), path].join(" imports ");
    diagnostics.push(
      error("import/cycle", item.pathSpan, `This import closes a circle: ${circle}.`, {
        hint: "Move what both files need into a third.",
      }),
    );
    return null;
  }
  const known = files.get(path);
  if (known !== undefined) return known;
  const text = read(path);
  if (text === null) {
    const message = `There is no file "${item.path}" here, or it is no UTF-8 text, or it lies outside the project.`;
    diagnostics.push(
      error("import/not-found", item.pathSpan, message, { hint: `Put it at "${path}", or correct the path.` }),
    );
    return null;
  }
  return loadFile(loading, createSource(path, text));
}

function duplicate(what: string, name: string, span: Span, earlier: Span): Diagnostic {
  return error("name/duplicate", span, `There is a ${what} "${name}" already.`, {
    hint: "Rename one of them.",
    related: [{ message: "declared here first", span: earlier }],
  });
}
