import type { LoweredGraph, ShapedGraph } from "../ir/graph.ts";
import { dropIdentities } from "./drop-identities.ts";
import { foldBatchNorm } from "./fold-batch-norm.ts";
import { fuseActivations } from "./fuse-activations.ts";
import { inferShapes } from "./infer-shapes.ts";
import { insertResiduals } from "./insert-residuals.ts";
import { mergeBranches } from "./merge-branches.ts";
import type { Pass, Report } from "./pass.ts";

/** From the lowered graph to the training graph, which summary, lint, weights and the trainable targets read. */
export const structurePasses: readonly [Pass<LoweredGraph, ShapedGraph>, ...Pass<ShapedGraph>[]] = [
  inferShapes, // first: every other pass reads shapes
  insertResiduals, // compares shapes, and what follows must see the sums
];

/** From the training graph to the inference graph, which the deployed targets read. */
export const inferencePasses: readonly Pass<ShapedGraph>[] = [
  dropIdentities, // first: a dropout would hide a norm or an activation from its conv
  foldBatchNorm, // before activations move: a norm folds only into an op without one
  mergeBranches, // branches of conv and norm are linear now, and the activation after their sum still stands apart
  fuseActivations, // last: the norm between conv and activation is gone now
];

function runAll(passes: readonly Pass<ShapedGraph>[], graph: ShapedGraph, report: Report): ShapedGraph {
  return passes.reduce((current, pass) => pass.run(current, report), graph);
}

export function trainingGraph(lowered: LoweredGraph, report: Report): ShapedGraph {
  const [shape, ...rest] = structurePasses;
  return runAll(rest, shape.run(lowered, report), report);
}

/** The inference graph with every branch still apart: what frozen graphs of other frameworks hold. */
export function unmergedGraph(training: ShapedGraph, report: Report): ShapedGraph {
  return runAll(
    inferencePasses.filter((pass) => pass !== mergeBranches),
    training,
    report,
  );
}

export function inferenceGraph(training: ShapedGraph, report: Report): ShapedGraph {
  return runAll(inferencePasses, training, report);
}

/** What `mnet ir --after` takes, in order; `lower` is the graph before any pass. */
export const passNames: readonly string[] = [
  "lower",
  ...[...structurePasses, ...inferencePasses].map((pass) => pass.name),
];

/** The graph as it is after the named pass; null for a name that is not in `passNames`. */
export function graphAfter(lowered: LoweredGraph, passName: string, report: Report): LoweredGraph | ShapedGraph | null {
  const last = passNames.indexOf(passName);
  if (last < 0) return null;
  if (last === 0) return lowered;
  const [shape, ...rest] = structurePasses;
  return runAll([...rest, ...inferencePasses].slice(0, last - 1), shape.run(lowered, report), report);
}
