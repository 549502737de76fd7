import type { BranchStatement, CallStatement, PathReference, TableRow, TableStatement } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import type { Argument, Scope } from "./environment.ts";
import type { BlockEntry } from "../program/program.ts";

/** What one layer was made from. */
export interface LayerTrace {
  readonly statement: CallStatement;
  /** Arguments in force by key, defaults of an enclosing body among them; what is left to the op is not there. */
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
  /** Arguments given, by parameter; what is left to the parameters' defaults is not there. */
  readonly args: ReadonlyMap<string, Argument>;
  /** Where the block is used. */
  readonly scope: Scope;
}

/**
 * The way back from a lowered graph to the text: for whoever judges how a network is written. The graph itself stays free of
 * syntax.
 */
export interface Trace {
  /** By the layer's path. */
  readonly layers: ReadonlyMap<string, LayerTrace>;
  /** By the index of the block instance; a hole where its arguments were in error. */
  readonly blocks: readonly (BlockTrace | undefined)[];
  /** By the path of the join. */
  readonly branches: ReadonlyMap<string, BranchStatement>;
  /** By what stands behind a path's `from=`, the label, op or row that it names. */
  readonly starts: ReadonlyMap<PathReference, Span>;
}

/** A trace while it is written. */
export interface TraceRecord {
  readonly layers: Map<string, LayerTrace>;
  readonly blocks: (BlockTrace | undefined)[];
  readonly branches: Map<string, BranchStatement>;
  readonly starts: Map<PathReference, Span>;
}
