import { error, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type { BlockEntry, ProgramFile } from "../program/program.ts";
import type { BlockDeclaration, NetworkDeclaration } from "../syntax/ast.ts";
import type { BlockUse } from "./declaration-names.ts";
import { namesOf } from "./resolve-declaration.ts";

export interface NameCheck {
  readonly problems: readonly Diagnostic[];
  /** True where a block that the network uses holds a syntax error or contains itself. Nothing can be said of its layers then. */
  readonly isBroken: boolean;
}

/** A walk from block to block, along their uses. */
interface BlockWalk {
  readonly problems: Diagnostic[];
  readonly done: Set<BlockDeclaration>;
  /** The blocks that lead to the one that is checked, outermost first. */
  readonly open: BlockEntry[];
  isBroken: boolean;
}

/**
 * Checks the names of a network, of the blocks that it uses, and of all blocks of its file: also those in arms that are not
 * taken and in blocks that are not used. Reports blocks that contain themselves.
 *
 * @param file The file that declares the network.
 */
export function checkNames(file: ProgramFile, network: NetworkDeclaration): NameCheck {
  const { problems, uses } = namesOf(file, network);
  const walk: BlockWalk = { problems: [...problems], done: new Set(), open: [], isBroken: false };
  for (const use of uses) checkUse(walk, use);
  const { isBroken } = walk;
  checkOwnBlocks(walk, file);
  return { problems: walk.problems, isBroken };
}

/** Checks the names of a file's blocks and of the blocks that they use. */
export function checkBlockNames(file: ProgramFile): readonly Diagnostic[] {
  const walk: BlockWalk = { problems: [], done: new Set(), open: [], isBroken: false };
  checkOwnBlocks(walk, file);
  return walk.problems;
}

function checkOwnBlocks(walk: BlockWalk, file: ProgramFile): void {
  for (const block of file.own.values()) checkUse(walk, { block, name: block.declaration.name });
}

function checkUse(walk: BlockWalk, { block, name }: BlockUse): void {
  const { problems, done, open } = walk;
  const { declaration, file } = block;
  walk.isBroken ||= declaration.broken;
  const at = open.findIndex((outer) => outer.declaration === declaration);
  if (at >= 0) {
    const circle = [...open.slice(at), block].map((entry) => entry.declaration.name.text).join(" uses ");
    problems.push(
      error("block/recursion", name.span, `A block cannot contain itself: ${circle}.`, {
        hint: "Write the repetition as rows of a table.",
      }),
    );
    walk.isBroken = true;
    return;
  }
  if (done.has(declaration)) return;
  open.push(block);
  const names = namesOf(file, declaration);
  problems.push(...names.problems);
  for (const use of names.uses) checkUse(walk, use);
  open.pop();
  done.add(declaration);
}
