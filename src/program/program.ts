import { library } from "../../generated/library.ts";
import { error, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type {
  BlockDeclaration,
  ImportDeclaration,
  NetworkDeclaration,
  PresetDeclaration,
  SourceFile,
} from "../syntax/ast.ts";
import { parseFile } from "../syntax/parse.ts";
import { createSource, type Source } from "../text/source.ts";
import type { Span } from "../text/span.ts";
import { resolveImportPath } from "./import-path.ts";

/** Text of a file by path, or null where there is none, or no text, or it lies outside the project. */
export type ReadFile = (path: string) => string | null;

/** A block with the file that declares it. */
export interface BlockEntry {
  readonly declaration: BlockDeclaration;
  readonly file: ProgramFile;
}

/** A parsed file with the blocks it can name. */
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
  /** Every file read, by name, for rendering places. */
  readonly sources: ReadonlyMap<string, Source>;
  /** Networks and presets of the entry file, in order. */
  readonly networks: ReadonlyMap<string, NetworkDeclaration | PresetDeclaration>;
  readonly read: ReadFile;
  readonly diagnostics: readonly Diagnostic[];
}

/** Folder of the block library's files in places shown to people. */
export const LIBRARY_FOLDER = "mnet:library";

let parsedLibrary: readonly ProgramFile[] | null = null;

/** The standard library's blocks, parsed once. */
function libraryFiles(): readonly ProgramFile[] {
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

/** A file's own block, else an imported one, else the library's. */
export function resolveBlock(file: ProgramFile, name: string): BlockEntry | null {
  const own = file.own.get(name) ?? file.imported.get(name);
  if (own !== undefined) return own;
  for (const candidate of libraryFiles()) {
    const entry = candidate.own.get(name);
    if (entry !== undefined) return entry;
  }
  return null;
}

/** Every block name in sight of a file, for "did you mean". */
export function blockNames(file: ProgramFile): readonly string[] {
  return [
    ...file.own.keys(),
    ...file.imported.keys(),
    ...libraryFiles().flatMap((candidate) => [...candidate.own.keys()]),
  ];
}

/** The entry, every file it imports and the library's: wherever a path of a network may lead. */
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

/**
 * Parses a file and everything that it imports, and collects the names that the files declare.
 *
 * @param entry the file to start from.
 * @param read reads the imported files and files of labels.
 * @returns the parsed files with all diagnostics. A file with errors is part of it; what is broken in it is not compiled.
 */
export function loadProgram(entry: Source, read: ReadFile): Program {
  const diagnostics: Diagnostic[] = [];
  const sources = new Map<string, Source>();
  const files = new Map<string, ProgramFile>();
  const open: string[] = [];

  function load(source: Source): ProgramFile {
    sources.set(source.name, source);
    const { file: ast, diagnostics: found } = parseFile(source);
    diagnostics.push(...found);
    const own = new Map<string, BlockEntry>();
    const imported = new Map<string, BlockEntry>();
    const file: ProgramFile = { source, ast, own, imported, fromLibrary: false };
    files.set(source.name, file);
    open.push(source.name);
    collectBlocks(file, own);
    for (const item of ast.items) {
      if (item.kind === "import") importBlocks(file, item, imported);
    }
    open.pop();
    return file;
  }

  function collectBlocks(file: ProgramFile, own: Map<string, BlockEntry>) {
    for (const item of file.ast.items) {
      if (item.kind !== "block" || item.name.text === "") continue;
      const earlier = own.get(item.name.text);
      if (earlier === undefined) own.set(item.name.text, { declaration: item, file });
      else diagnostics.push(duplicate("block", item.name.text, item.name.span, earlier.declaration.name.span));
    }
  }

  function importBlocks(file: ProgramFile, item: ImportDeclaration, imported: Map<string, BlockEntry>) {
    const target = importedFile(file, item);
    for (const [name, entry] of target?.own ?? []) {
      const earlier = imported.get(name);
      if (earlier === undefined || earlier.declaration === entry.declaration) imported.set(name, entry);
      else {
        diagnostics.push(
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
  }

  function importedFile(file: ProgramFile, item: ImportDeclaration): ProgramFile | null {
    if (item.path === null) return null;
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
      diagnostics.push(
        error(
          "import/cycle",
          item.pathSpan,
          `This import closes a circle: ${[...open.slice(open.indexOf(path)), path].join(" imports ")}.`,
          {
            hint: "Move what both files need into a third.",
          },
        ),
      );
      return null;
    }
    const known = files.get(path);
    if (known !== undefined) return known;
    const text = read(path);
    if (text === null) {
      diagnostics.push(
        error(
          "import/not-found",
          item.pathSpan,
          `There is no file "${item.path}" here, or it is no UTF-8 text, or it lies outside the project.`,
          {
            hint: `Put it at "${path}", or correct the path.`,
          },
        ),
      );
      return null;
    }
    return load(createSource(path, text));
  }

  const entryFile = load(entry);
  const networks = new Map<string, NetworkDeclaration | PresetDeclaration>();
  for (const item of entryFile.ast.items) {
    if ((item.kind !== "network" && item.kind !== "preset") || item.name.text === "") continue;
    const earlier = networks.get(item.name.text);
    if (earlier === undefined) networks.set(item.name.text, item);
    else diagnostics.push(duplicate("network", item.name.text, item.name.span, earlier.name.span));
  }
  return { entry: entryFile, sources, networks, read, diagnostics };
}

function duplicate(what: string, name: string, span: Span, earlier: Span): Diagnostic {
  return error("name/duplicate", span, `There is a ${what} "${name}" already.`, {
    hint: "Rename one of them.",
    related: [{ message: "declared here first", span: earlier }],
  });
}
