import type { NetworkDeclaration, PresetDeclaration } from "../syntax/ast.ts";
import { holeOutErrors } from "../syntax/hole-out-errors.ts";
import type { BlockEntry, Program, ProgramFile } from "./program.ts";

/**
 * Returns the program with holes in the places of its syntax errors, so that the rest can be lowered. Returns the same
 * program if it has no syntax errors.
 */
export function readableProgram(program: Program): Program {
  const files = new Map<ProgramFile, ProgramFile>();
  const entry = readableFile(program.entry, files);
  if (entry === program.entry) return program;
  const networks = new Map<string, NetworkDeclaration | PresetDeclaration>();
  for (const [name, declared] of program.networks) {
    networks.set(name, declared.kind === "network" ? holeOutErrors(declared, program.entry.ast.spoiled) : declared);
  }
  return { ...program, entry, networks };
}

/** Returns a file and its imports with holes. The recursion ends, because `loadProgram` refuses imports in a circle. */
function readableFile(file: ProgramFile, done: Map<ProgramFile, ProgramFile>): ProgramFile {
  const known = done.get(file);
  if (known !== undefined) return known;
  const imported = new Map<string, BlockEntry>();
  let changed = file.ast.spoiled.length > 0;
  for (const [name, entry] of file.imported) {
    const target = readableFile(entry.file, done);
    const own = target.own.get(entry.declaration.name.text) ?? entry;
    changed ||= own !== entry;
    imported.set(name, own);
  }
  if (!changed) {
    done.set(file, file);
    return file;
  }
  const own = new Map<string, BlockEntry>();
  const readable: ProgramFile = { ...file, own, imported };
  for (const [name, { declaration }] of file.own) {
    own.set(name, { declaration: holeOutErrors(declaration, file.ast.spoiled), file: readable });
  }
  done.set(file, readable);
  return readable;
}
