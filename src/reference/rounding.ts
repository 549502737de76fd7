import type { ActivationName } from "../ir/activation.ts";
import { inputShapes, type NodeId, type ShapedNode } from "../ir/graph.ts";
import { normCells } from "../ir/ops/sample-norm.ts";
import { channelsOf, elementsOf, mapOf } from "../ir/shape.ts";

/** Half the distance from 1 to the next float32. */
const UNIT_ROUNDOFF = 2 ** -24;
/**
 * The factor from one standard deviation of the rounding to the largest error among some millions of elements, with a
 * margin.
 */
const SAFETY = 4;

/**
 * The error of an activation, as a number of roundings. Exponentials and divisions on a GPU are correct to a few units
 * in the last place (WGSL, "accuracy of built-in functions"), but its tanh only to 1e-5. In tf.js and in kernels, gelu
 * uses a polynomial for erf that is correct to 1.5e-7 (Abramowitz and Stegun 7.1.26).
 */
const activationRoundings: Readonly<Record<ActivationName, number>> = {
  relu: 0,
  relu6: 0,
  leaky_relu: 1,
  elu: 8,
  selu: 8,
  // The logarithm of a number near 1 is correct to 2^-21.
  softplus: 16,
  swish: 16,
  mish: 32,
  hswish: 4,
  sigmoid: 16,
  hsigmoid: 4,
  tanh: 1e-5 / UNIT_ROUNDOFF / SAFETY,
  gelu: 16,
  // tf.js uses a tanh of its own.
  gelu_tanh: 1e-5 / UNIT_ROUNDOFF / SAFETY,
  softmax: 32,
  log_softmax: 32,
};

/** Returns the number of products that an output element sums: the length of its reduction, or 1 if there is none. */
function reductionLength(node: ShapedNode, index: ReadonlyMap<NodeId, ShapedNode>): number {
  const [input = []] = inputShapes(index, node);
  switch (node.op) {
    case "conv":
    case "conv_transpose":
      return (node.kernel[0] * node.kernel[1] * mapOf(input).c) / node.groups;
    case "depthwise":
      return node.kernel[0] * node.kernel[1];
    case "dense":
      return channelsOf(input);
    case "pool":
      return node.mode === "avg" ? node.kernel[0] * node.kernel[1] : 1;
    case "response_norm":
      return elementsOf(input);
    case "sample_norm": {
      const { pixels, width } = normCells(node, input);
      return pixels * width;
    }
    case "adaptive_pool": {
      const { h, w } = mapOf(input);
      const [rows, columns] = node.size;
      return node.mode === "avg" ? (Math.ceil(h / rows) + 1) * (Math.ceil(w / columns) + 1) : 1;
    }
    case "global_pool":
      return node.mode === "avg" ? elementsOf(input) / channelsOf(input) : 1;
    default:
      return 1;
  }
}

/**
 * Returns the error that one op's own float32 arithmetic adds, relative to the largest magnitude of its value. A sum
 * of n products in any order has an error of about sqrt(n) roundings of a typical partial sum, because roundings are
 * independent and their variances add up (Higham and Mary 2019, "A New Approach to Probabilistic Rounding Error
 * Analysis"). The worst case of n roundings does not occur in practice. Ops that only move numbers add no error.
 */
export function localRounding(node: ShapedNode, index: ReadonlyMap<NodeId, ShapedNode>): number {
  return SAFETY * UNIT_ROUNDOFF * roundings(node, index);
}

function roundings(node: ShapedNode, index: ReadonlyMap<NodeId, ShapedNode>): number {
  switch (node.op) {
    case "conv":
    case "conv_transpose":
    case "depthwise":
    case "dense": {
      // Two more roundings: that of the weights, which are rounded to float32 after folding, and that of the bias.
      const own = Math.sqrt(reductionLength(node, index)) + 2;
      return node.activation === null ? own : own + activationRoundings[node.activation.fn];
    }
    case "pool":
    case "adaptive_pool":
    case "global_pool":
      return node.mode === "avg" ? Math.sqrt(reductionLength(node, index)) + 1 : 0;
    case "batch_norm":
      // Subtract, square root, divide, multiply, add.
      return 5;
    case "sample_norm":
      // Two sums, and one operation each of subtract, square, add, square root, divide, multiply and add.
      return 2 * Math.sqrt(reductionLength(node, index)) + 8;
    case "response_norm":
      // Two sums; square, square root, add, divide, two products and two sums besides. The terms may cancel by half.
      return 2 * (2 * Math.sqrt(reductionLength(node, index)) + 8);
    case "scale":
    case "shift":
      // The constant or weight is rounded to float32, and so is the product or sum.
      return 2;
    case "prelu":
      return 2;
    case "activation":
      return activationRoundings[node.activation.fn];
    case "add":
    case "sub":
    case "mul":
      return node.inputs.length - 1;
    case "resize":
      return { nearest: 0, bilinear: 4, bicubic: 16 }[node.mode];
    // The image is rounded to float32 once.
    case "input":
      return 1;
    case "dropout":
    case "flatten":
    case "squeeze":
    case "reshape":
    case "permute":
    case "shuffle":
    case "slice":
    case "depth_to_space":
    case "space_to_depth":
    case "concat":
    case "crop":
      return 0;
    case "pad":
      return Math.fround(node.value) === node.value ? 0 : 1;
  }
}
