import { structureNetwork } from "../compile.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { ShapedGraph } from "../ir/graph.ts";
import { loadProgram, type Program } from "../lower/program.ts";
import { applyFixes } from "./apply-edits.ts";
import { describeChanges, figureChanges, figuresOf, type Figures } from "./figures.ts";

/** The network that a fix was found in, as it was compiled. */
export interface MeasuredNetwork {
  readonly name: string;
  readonly set: ReadonlyMap<string, string>;
  readonly graph: ShapedGraph;
}

const figuresBefore = new WeakMap<ShapedGraph, Figures>();

function before(graph: ShapedGraph): Figures {
  const known = figuresBefore.get(graph) ?? figuresOf(graph);
  figuresBefore.set(graph, known);
  return known;
}

/** Tries a fix out, and adds to its message what it does to the figures; no fix where the spec no longer compiles. */
export function measureFix(program: Program, { name, set, graph }: MeasuredNetwork, fix: Fix): Fix | null {
  const { sources } = applyFixes(program.sources, [fix]);
  const { source } = program.entry;
  const edited = loadProgram(
    sources.get(source.name) ?? source,
    (path) => sources.get(path)?.text ?? program.sources.get(path)?.text ?? program.read(path),
  );
  const after = structureNetwork(edited, name, set, [...edited.diagnostics]);
  if (after === null) return null;
  const changes = figureChanges(before(graph), figuresOf(after.training));
  return { ...fix, message: `${fix.message}: ${describeChanges(changes)}`, changes };
}
