import type { Program, ProgramFile } from "../program/program.ts";
import { indexSyntax, type SyntaxIndex } from "./syntax-index.ts";

/** What a rule over a file reads. */
export interface FileContext {
  readonly program: Program;
  readonly file: ProgramFile;
  readonly syntax: SyntaxIndex;
}

const indices = new WeakMap<ProgramFile, SyntaxIndex>();

/** Returns the index of a file's tree. It is made once for each file. */
export function syntaxOf(file: ProgramFile): SyntaxIndex {
  const known = indices.get(file);
  if (known !== undefined) return known;
  const made = indexSyntax(file.ast);
  indices.set(file, made);
  return made;
}

export function createFileContext(program: Program): FileContext {
  return { program, file: program.entry, syntax: syntaxOf(program.entry) };
}
