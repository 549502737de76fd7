import { formatActivation, usualSlope } from "../ir/activation.ts";
import type { ShapedNodeOf } from "../ir/graph.ts";

/** Returns an activation as a spec writes it; the usual slope is left out. */
export function activationName(node: ShapedNodeOf<"activation" | "prelu">): string {
  if (node.op === "prelu") return "prelu";
  const { fn, alpha } = node.activation;
  return fn === "leaky_relu" && alpha === usualSlope ? fn : formatActivation(node.activation);
}
