import { isElementwise } from "../ir/activation.ts";
import type { ShapedGraph } from "../ir/graph.ts";
import { absorbIntoLinear } from "./absorb-into-linear.ts";
import type { Pass } from "./pass.ts";

/**
 * Needs: batch norms folded. Ensures: an element-wise activation directly after a conv, depthwise or dense, and its only reader, becomes
 * that op's `activation`. Softmax looks at a whole axis and stays, as does an activation after a sum. It runs last: a norm can fold only
 * while its conv has no activation.
 */
export const fuseActivations: Pass<ShapedGraph> = {
  name: "fuse-activations",
  summary: "Move an element-wise activation into the conv, depthwise or dense before it.",
  run: (graph) =>
    absorbIntoLinear(graph, (linear, node) => {
      if (node.op !== "activation" || linear.activation !== null || !isElementwise(node.activation)) return null;
      return { activation: node.activation };
    }),
};
