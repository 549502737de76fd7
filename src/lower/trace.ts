import type { BranchStatement, CallStatement, PathReference, TableRow, TableStatement } from "../syntax/ast.ts";
import type { Argument, Scope } from "./environment.ts";
import type { BlockEntry } from "../program/program.ts";

/** What one layer was made from. */
export interface LayerTrace {
  readonly statement: CallStatement;
  /** The arguments that apply, by key. Defaults of enclosing bodies are among them; defaults of the op are not. */
  readonly args: ReadonlyMap<string, Argument>;
  readonly scope: Scope;
}

/** What one block instance was made from: a statement, or a row of a table. */
export interface BlockTrace {
  readonly block: BlockEntry;
  readonly statement: CallStatement | TableStatement;
  readonly row: TableRow | null;
  /** Counts a row's repeats from 1; 1 for a statement. */
  readonly repeat: number;
  /** The arguments that are given, by parameter. Defaults of parameters are not among them. */
  readonly args: ReadonlyMap<string, Argument>;
  /** Where the block is used. */
  readonly scope: Scope;
}

/**
 * The way back from a lowered graph to the text. Rules and editors read it to judge how a network is written. The graph itself
 * holds no syntax.
 */
export interface Trace {
  /** By the layer's path. */
  readonly layers: ReadonlyMap<string, LayerTrace>;
  /** By the index of the block instance. An instance whose arguments are in error is missing. */
  readonly blocks: readonly (BlockTrace | undefined)[];
  /** By the path of the join. */
  readonly branches: ReadonlyMap<string, BranchStatement>;
  /** The path of the body in which a path after `from=`, or an output of a block, was found. */
  readonly starts: ReadonlyMap<PathReference, string>;
}

/** A trace while it is written. */
export interface TraceRecord {
  readonly layers: Map<string, LayerTrace>;
  readonly blocks: (BlockTrace | undefined)[];
  readonly branches: Map<string, BranchStatement>;
  readonly starts: Map<PathReference, string>;
}
