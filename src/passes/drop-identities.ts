import type { NodeId, ShapedGraph, ShapedNode } from "../ir/graph.ts";
import { channelsOf, sameShape, type Shape } from "../ir/shape.ts";
import type { Pass } from "./pass.ts";
import { replaceValues } from "./replace-values.ts";

/**
 * Needs: shapes. Ensures: no node returns its input unchanged in inference; every reader of such a node reads its
 * input instead. It runs first among the inference passes: a dropout between a conv and its norm or activation would
 * hide one from the other.
 */
export const dropIdentities: Pass<ShapedGraph> = {
  name: "drop-identities",
  summary: "Remove what does nothing in inference: dropout, 1x1 pools of stride 1, shuffles of one group and the like.",
  run(graph) {
    const shapes = new Map<NodeId, Shape>();
    const source = new Map<NodeId, NodeId>();
    const valueNow = (id: NodeId): NodeId => source.get(id) ?? id;
    const nodes: ShapedNode[] = [];
    for (const node of graph.nodes) {
      shapes.set(node.id, node.shape);
      const [input] = node.inputs;
      if (input !== undefined && isIdentity(node, shapes.get(input) ?? [])) source.set(node.id, valueNow(input));
      else nodes.push(node.inputs.some((id) => source.has(id)) ? { ...node, inputs: node.inputs.map(valueNow) } : node);
    }
    return source.size === 0 ? graph : replaceValues({ ...graph, nodes }, valueNow);
  },
};

/** True for a node that returns its input in inference, element by element and in the same shape. */
function isIdentity(node: ShapedNode, input: Shape): boolean {
  switch (node.op) {
    case "dropout":
      return true;
    case "activation":
      return node.activation.fn === "leaky_relu" && node.activation.alpha === 1;
    case "pool":
      return [...node.kernel, ...node.stride].every((extent) => extent === 1) && node.pads.every((pad) => pad === 0);
    case "adaptive_pool":
    case "global_pool":
    case "flatten":
    case "reshape":
    case "slice":
    case "resize":
    case "depth_to_space":
    case "space_to_depth":
    case "pad":
    case "crop":
      // A global pool of a 1x1 map, a flattened vector, a slice of every channel, an enlargement by 1, blocks of one pixel, no margins.
      // A global pool of a 1x1 map, a flattened vector, a reshape to the same shape, a slice of every channel, an enlargement by 1, blocks of one pixel.
      return sameShape(node.shape, input);
    case "permute":
      return node.order === "hwc";
    case "shuffle":
      return node.groups === 1 || node.groups === channelsOf(input);
    default:
      return false;
  }
}
