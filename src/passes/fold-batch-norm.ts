import type { ShapedGraph } from "../ir/graph.ts";
import { absorbIntoLinear, absorbNorm } from "./absorb-into-linear.ts";
import type { Pass } from "./pass.ts";

/**
 * Needs: batch norms as nodes after their convs; activations as nodes of their own. Ensures: a batch norm directly after a conv,
 * depthwise or dense without an activation, and its only reader, becomes a recipe on that op. Any other norm stays, as scale and shift.
 * It runs before `fuse-activations`: folding past an activation would be wrong.
 */
export const foldBatchNorm: Pass<ShapedGraph> = {
  name: "fold-batch-norm",
  summary: "Turn a batch norm after a conv, depthwise or dense into a recipe for that op's kernel and bias.",
  run: (graph) => absorbIntoLinear(graph, absorbNorm),
};
