import type { LoweredGraph, ShapedGraph } from "../ir/graph.ts";
import { dropIdentities } from "./drop-identities.ts";
import { foldBatchNorm } from "./fold-batch-norm.ts";
import { foldPads } from "./fold-pads.ts";
import { fuseActivations } from "./fuse-activations.ts";
import { inferShapes } from "./infer-shapes.ts";
import { insertResiduals } from "./insert-residuals.ts";
import { mergeBranches } from "./merge-branches.ts";
import type { Pass, ReportDiagnostic } from "./pass.ts";
import { writeDenseAsConv } from "./write-dense-as-conv.ts";

/** From the lowered graph to the training graph, which summary, lint, weights and the trainable targets read. */
export const structurePasses: readonly [Pass<LoweredGraph, ShapedGraph>, ...Pass<ShapedGraph>[]] = [
  inferShapes, // first: every other pass reads shapes
  insertResiduals, // compares shapes, and what follows must see the sums
];

/** From the training graph to the inference graph, which the deployed targets read. */
export const inferencePasses: readonly Pass<ShapedGraph>[] = [
  dropIdentities, // first: a dropout would hide a norm or an activation from its conv
  foldBatchNorm, // before activations move: a norm folds only into an op without one
  foldPads, // before branches are compared, whose convs may have margins before them
  mergeBranches, // branches of conv and norm are linear now, and the activation after their sum still stands apart
  writeDenseAsConv, // after merging, which reads kernels of the shape of a conv
  fuseActivations, // last: the norm between conv and activation is gone now
];

function runAll(passes: readonly Pass<ShapedGraph>[], graph: ShapedGraph, report: ReportDiagnostic): ShapedGraph {
  return passes.reduce((current, pass) => pass.run(current, report), graph);
}

/** Runs the structure passes, and returns the graph that summaries, weights and sources to train read. */
export function trainingGraph(lowered: LoweredGraph, report: ReportDiagnostic): ShapedGraph {
  const [shape, ...rest] = structurePasses;
  return runAll(rest, shape.run(lowered, report), report);
}

/** Returns the inference graph with every branch still apart, as frozen graphs of other frameworks hold it. */
export function unmergedGraph(training: ShapedGraph, report: ReportDiagnostic): ShapedGraph {
  return runAll(
    inferencePasses.filter((pass) => pass !== mergeBranches),
    training,
    report,
  );
}

/** Runs the inference passes on a training graph, and returns the graph that programs to predict with read. */
export function inferenceGraph(training: ShapedGraph, report: ReportDiagnostic): ShapedGraph {
  return runAll(inferencePasses, training, report);
}

/** The names of the passes in the order in which they run, as `mnet ir --after` takes them. The first, `lower`, is the graph before any pass. */
export const passNames: readonly string[] = [
  "lower",
  ...[...structurePasses, ...inferencePasses].map((pass) => pass.name),
];

/**
 * Runs the passes up to one of them.
 *
 * @param lowered the graph before any pass.
 * @param passName one of {@link passNames}.
 * @param report receives what a pass finds wrong.
 * @returns the graph after that pass; null for a name that is not in `passNames`.
 */
export function graphAfter(
  lowered: LoweredGraph,
  passName: string,
  report: ReportDiagnostic,
): LoweredGraph | ShapedGraph | null {
  const last = passNames.indexOf(passName);
  if (last < 0) return null;
  if (last === 0) return lowered;
  const [shape, ...rest] = structurePasses;
  return runAll([...rest, ...inferencePasses].slice(0, last - 1), shape.run(lowered, report), report);
}
