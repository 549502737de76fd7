import type { ActivationName } from "../ir/activation.ts";
import type { Graph, NodeId, ShapedNode } from "../ir/graph.ts";

/** E[f(x)^2] for a standard normal x, with enough precision to scale random kernels. */
const activationMoments: Readonly<Record<ActivationName, number>> = {
  relu: 0.5,
  relu6: 0.5,
  leaky_relu: 0.5,
  elu: 0.65,
  selu: 1,
  softplus: 0.92,
  swish: 0.36,
  mish: 0.4,
  hswish: 0.34,
  sigmoid: 0.29,
  hsigmoid: 0.28,
  tanh: 0.39,
  gelu: 0.43,
  gelu_tanh: 0.43,
  softmax: 0.01,
  // For about ten channels.
  log_softmax: 7,
};

/**
 * Estimates the mean square of every value, correct to a small factor. Assumes that linear nodes are scaled to a mean
 * square of 1 and that norms give about 1. Random weights use it to keep values from shrinking or growing through a
 * network.
 */
export function secondMoments(graph: Graph<ShapedNode>): ReadonlyMap<NodeId, number> {
  const moments = new Map<NodeId, number>();
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((id) => moments.get(id) ?? 1);
    moments.set(node.id, momentAfter(node, inputs));
  }
  return moments;
}

function momentAfter(node: ShapedNode, inputs: readonly number[]): number {
  const [first = 1] = inputs;
  switch (node.op) {
    // Pixels are uniform over [-1, 1].
    case "input":
      return 1 / 3;
    case "conv":
    case "conv_transpose":
    case "depthwise":
    case "dense":
      return node.activation === null ? 1 : activationMoments[node.activation.fn];
    case "batch_norm":
    case "sample_norm":
      return 1;
    // The value, and about as much times gamma.
    case "response_norm":
      return 4 * first;
    case "scale":
      return first * (node.factor ?? 1) ** 2;
    case "shift":
      return first + (node.amount ?? 0) ** 2;
    // As relu, whose slope is 0; a slope near 1 gives twice as much.
    case "prelu":
      return Math.min(1, first) / 2;
    case "activation":
      return Math.min(1, first) * activationMoments[node.activation.fn];
    case "add":
    case "sub":
      return inputs.reduce((sum, moment) => sum + moment, 0);
    case "mul":
      return inputs.reduce((product, moment) => product * moment, 1);
    case "concat":
      return inputs.reduce((sum, moment) => sum + moment, 0) / inputs.length;
    // The average of values around zero is near zero, and the average of values of one sign is not. Half the spread is
    // a compromise.
    case "pool":
    case "adaptive_pool":
    case "global_pool":
      return node.mode === "avg" ? first / 4 : first * 2;
    case "dropout":
    case "flatten":
    case "squeeze":
    case "reshape":
    case "permute":
    case "shuffle":
    case "slice":
    case "resize":
    case "depth_to_space":
    case "space_to_depth":
    case "pad":
    case "crop":
      return first;
  }
}
