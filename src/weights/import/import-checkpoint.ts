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

/** A checkpoint's tensors as the network's weights, whatever form its norms have; see {@link importWeights}. */
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
 * Imports a frozen graph. Its layers are matched with the network's folded form, and the biases go into norms that change nothing else.
 * Folded again, kernels and biases are the graph's, bit for bit.
 */
function importFolded(
  training: ShapedGraph,
  checkpoint: Checkpoint,
  { scaling, unitNorms }: FoldedGraph,
  names: ReadonlyMap<string, string>,
): Import {
  // The passes report what they find in the spec; on a training graph nothing is left to find.
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
    ? `Norm ${quote(path)} has no gamma, and the checkpoint scales by numbers that no variance stands for.`
    : `Layer ${quote(path)} has no bias, and the checkpoint adds one there.`;
  return error("weights/misfit", span, message, { hint: isNorm ? "Write scale=true." : "Write bias=true." });
}

function reportFolded({ name, span }: ShapedGraph, { format }: Checkpoint, norms: number): Diagnostic {
  const [count, stand] = norms === 1 ? ["The norm", "stands"] : [`The ${norms} norms`, "stand"];
  const message = `${count} of "${name}" ${stand} folded in the ${format}, and here with gamma 1, mean 0, variance 1 - eps and the bias as beta.`;
  const hint = "Predict with these weights; to train on, import the model that the graph was made of.";
  return { ...error("weights/folded", span, message, { hint }), severity: "info" };
}
