import type { ShapedGraph, ShapedNode } from "../ir/graph.ts";
import type { Pass } from "./pass.ts";

/**
 * Needs: merged branches, because the recipe of a merged branch reads a kernel of a conv's shape. Ensures: a dense layer reads a vector.
 * One that reads the positions of a sequence becomes a 1x1 conv, whose kernel is stored as the dense layer's. So the deployed
 * targets need no second matrix product, and what takes in norms and activations for a conv does so here.
 */
export const writeDenseAsConv: Pass<ShapedGraph> = {
  name: "write-dense-as-conv",
  summary: "Write a dense layer of a sequence as a 1x1 conv.",
  run(graph) {
    if (!graph.nodes.some(isOfSequence)) return graph;
    return { ...graph, nodes: graph.nodes.map((node) => (isOfSequence(node) ? asConv(node) : node)) };
  },
};

type Dense = Extract<ShapedNode, { readonly op: "dense" }>;

function isOfSequence(node: ShapedNode): node is Dense {
  return node.op === "dense" && node.shape.length === 3;
}

function asConv({ units, ...dense }: Dense): ShapedNode {
  return {
    ...dense,
    op: "conv",
    filters: units,
    kernel: [1, 1],
    stride: [1, 1],
    dilation: [1, 1],
    padding: "valid",
    pads: [0, 0, 0, 0],
    groups: 1,
    stored: "dense",
  };
}
