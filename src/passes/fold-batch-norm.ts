import type { ShapedGraph } from "../ir/graph.ts";
import { absorbIntoLinear, absorbNorm } from "./absorb-into-linear.ts";
import type { Pass } from "./pass.ts";

/**
 * Needs: batch norms as nodes behind their convs; activations still apart.
 * Ensures: a batch norm directly behind a conv, depthwise or dense without activation, whose only use it is, is a recipe
 * on that op. Any other stays, as scale and shift.
 * Stands before `fuse-activations`: an activation between the two would make folding wrong, so norms go first.
 */
export const foldBatchNorm: Pass<ShapedGraph> = {
  name: "fold-batch-norm",
  summary: "Turn a batch norm behind a conv, depthwise or dense into a recipe for that op's kernel and bias.",
  run: (graph) => absorbIntoLinear(graph, absorbNorm),
};
