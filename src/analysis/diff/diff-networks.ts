import type { Program } from "../../program/program.ts";
import { diffClasses, type DiffClass } from "./diff-classes.ts";
import { diffCounts, type CountsDiff } from "./diff-counts.ts";
import { diffGraph, isSameGraph, type GraphDiff } from "./diff-graph.ts";
import { diffIo, type IoChange } from "./diff-io.ts";
import { diffSource, type SourceChange } from "./diff-source.ts";
import { diffWeights, type WeightsDiff } from "./diff-weights.ts";
import type { NetworkGraphs } from "../../ir/network-graphs.ts";

/** All differences of two networks. */
export interface NetworkDiff {
  /** The kinds of change that occur, the most severe first. */
  readonly classes: readonly DiffClass[];
  readonly counts: CountsDiff;
  readonly io: readonly IoChange[];
  readonly weights: WeightsDiff;
  readonly graph: GraphDiff;
  readonly source: readonly SourceChange[];
}

/** A compiled network with its program. */
export interface DiffSide extends NetworkGraphs {
  readonly program: Program;
}

/**
 * Compares two networks, or two versions of one: inputs and outputs, weights, layers, and the lines of their specs.
 *
 * @param a the network before, compiled, with its program.
 * @param b the network after.
 * @returns the changes by kind, and the most severe kind of them.
 */
export function diffNetworks(a: DiffSide, b: DiffSide): NetworkDiff {
  const io = diffIo(a.training, b.training);
  const weights = diffWeights(a.training, b.training);
  const graph = diffGraph(a.training, b.training);
  const source = diffSource(
    { program: a.program, network: a.training.name },
    { program: b.program, network: b.training.name },
  );
  const differs: Readonly<Record<DiffClass, boolean>> = {
    io: io.length > 0,
    weights: weights.changes.length > 0,
    graph: !isSameGraph(graph),
    source: source.length > 0,
  };
  return {
    classes: diffClasses.filter((name) => differs[name]),
    counts: diffCounts(a, b),
    io,
    weights,
    graph,
    source,
  };
}
