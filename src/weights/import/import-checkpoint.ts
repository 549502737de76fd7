import { error, hasErrors, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { ShapedGraph, ShapedNode } from "../../ir/graph.ts";
import { isLinear } from "../../ir/op.ts";
import { foldedBatchNorms } from "../../ir/norm-fold.ts";
import { expectedWeights } from "../expected-weights.ts";
import { unmergedGraph } from "../../passes/pipeline.ts";
import { quote } from "../../formats/file-problem.ts";
import type { Checkpoint, FoldedGraph } from "./checkpoint.ts";
import { compareScaling } from "./compare-scaling.ts";
import { foldedGraph, foldedNames } from "./folded-graph.ts";
import { importWeights, type Import } from "./import-weights.ts";
import { unfoldWeights } from "./unfold-weights.ts";

/** Imports a checkpoint, with folded or separate norms, as the network's weights; see {@link importWeights}. */
export function importCheckpoint(
  training: ShapedGraph,
  checkpoint: Checkpoint,
  names: ReadonlyMap<string, string>,
): Import {
  const { folded } = checkpoint;
  return folded === undefined
    ? importWeights(training, checkpoint, names)
    : importFolded(training, checkpoint, folded, names);
}

/**
 * Imports a frozen graph. Its layers are matched with the network's folded form. Each bias is stored in a norm that
 * only adds it. When the norms are folded again, kernels and biases equal those of the graph bit for bit.
 */
function importFolded(
  training: ShapedGraph,
  checkpoint: Checkpoint,
  { scaling, unitNorms }: FoldedGraph,
  names: ReadonlyMap<string, string>,
): Import {
  // The passes report faults of the spec. A training graph has none, so nothing is reported here.
  const inference = unmergedGraph(training, () => undefined);
  const weightOf = foldedNames(inference);
  const biasOf = new Map([...weightOf].map(([bias, weight]) => [weight, bias]));
  const wanted = new Map([...names].map(([weight, tensor]) => [biasOf.get(weight) ?? weight, tensor]));
  const found = importWeights(foldedGraph(inference), checkpoint, wanted);
  const own = new Set(expectedWeights(training).map(({ name }) => name));
  const table = found.table
    .map((row) => ({ ...row, name: weightOf.get(row.name) ?? row.name }))
    .filter(({ name }) => own.has(name));
  if (found.value === null) return { ...found, table };
  const sources = new Map(found.table.map(({ name, from }) => [name, from]));
  const { tensors, unfit } = unfoldWeights(inference, found.value, (norm) =>
    unitNorms.has(sources.get(`${norm}/gamma`) ?? ""),
  );
  const norms = inference.nodes.reduce(
    (sum, node) => sum + (isLinear(node) ? foldedBatchNorms(node.folded).length : 0),
    0,
  );
  const diagnostics = [
    ...found.diagnostics,
    ...unfit.map(reportUnfit),
    ...(norms === 0 ? [] : [reportFolded(training, checkpoint, norms)]),
    ...compareScaling(training, scaling),
  ];
  if (hasErrors(diagnostics)) return { value: null, table, diagnostics };
  const weights = new Map(expectedWeights(training).map(({ name }) => [name, tensors.get(name)!]));
  return { value: weights, table, diagnostics };
}

function reportUnfit({ path, op, span }: ShapedNode): Diagnostic {
  const isNorm = op === "batch_norm";
  const message = isNorm
    ? `Norm ${quote(path)} has no gamma, but the checkpoint scales by numbers that no variance can represent.`
    : `Layer ${quote(path)} has no bias, but the checkpoint has one.`;
  return error("weights/misfit", span, message, { hint: isNorm ? "Write scale=true." : "Write bias=true." });
}

function reportFolded({ name, span }: ShapedGraph, { format }: Checkpoint, norms: number): Diagnostic {
  const [subject, are] = norms === 1 ? ["The norm", "is"] : [`The ${norms} norms`, "are"];
  const message = `${subject} of "${name}" ${are} folded in the ${format}. The imported weights have gamma 1, mean 0, variance 1 - eps, and the bias as beta.`;
  const hint = "Use these weights only for prediction. To train, import the model from which the graph was made.";
  return { ...error("weights/folded", span, message, { hint }), severity: "info" };
}
