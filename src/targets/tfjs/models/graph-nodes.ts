import { blockTranspose } from "../../../ir/block-transpose.ts";
import type { ShapedNode } from "../../../ir/graph.ts";
import { axesOf } from "../../../ir/ops/permute.ts";
import { channelsOf, elementsOf, mapOf, type Shape } from "../../../ir/shape.ts";
import type { WeightStore } from "../../../formats/tensor.ts";
import { writeActivation } from "./graph-activations.ts";
import { writeConvTranspose } from "./graph-conv-transpose.ts";
import { writeLinear } from "./graph-linear.ts";
import { writeResponseNorm } from "./graph-response-norm.ts";
import { writeSampleNorm } from "./graph-norms.ts";
import { writePad } from "./graph-pads.ts";
import { writeResize } from "./graph-resize.ts";
import { writeAdaptivePool, writePool } from "./graph-windows.ts";
import { dims, type GraphWriter } from "./graph-writer.ts";
import { writeChain } from "../../write-chain.ts";
import { writeChannelMap } from "../../write-channel-map.ts";

/** A node of the folded form that is to be written. */
interface WrittenNode {
  /** The name of the last graph node that is written for it. */
  readonly name: string;
  readonly node: ShapedNode;
  /** Names of the graph nodes that it reads. */
  readonly inputs: readonly string[];
  /** Shape of the first input. */
  readonly inputShape: Shape;
}

const channelFormat = (shape: Shape) => ({ sum: "AddV2", prelu: "Prelu", shape: [channelsOf(shape)] });

/** Writes what a node of the folded form computes. */
export function writeNode(writer: GraphWriter, written: WrittenNode, weights: WeightStore): void {
  const { add, ints } = writer;
  const { name, node, inputs, inputShape: input } = written;
  const [x = ""] = inputs;
  switch (node.op) {
    case "input":
      add(name, "Placeholder", [], { dtype: { type: "DT_FLOAT" }, shape: { shape: dims([-1, ...node.shape]) } });
      return;
    case "conv_transpose":
      writeConvTranspose(writer, { name, node, x, input }, weights);
      return;
    case "conv":
    case "depthwise":
    case "dense":
      writeLinear(writer, { name, node, x, input }, weights);
      return;
    case "response_norm":
      writeResponseNorm(writer, name, node, x, weights);
      return;
    case "batch_norm":
    case "scale":
    case "shift":
    case "prelu":
      writeChannelMap(writer, channelFormat(node.shape), { name, node, x }, weights);
      return;
    case "sample_norm":
      writeSampleNorm(writer, name, node, x, weights);
      return;
    case "activation":
      writeActivation(writer, name, node.activation, x);
      return;
    case "pool":
      writePool(writer, name, node, x, input);
      return;
    case "adaptive_pool":
      writeAdaptivePool(writer, name, node, x, input);
      return;
    case "global_pool":
      add(name, node.mode === "avg" ? "Mean" : "Max", [x, ints("axes", [1, 2])], { keep_dims: { b: true } });
      return;
    case "dropout":
      add(name, "Identity", [x]);
      return;
    case "flatten":
    case "squeeze":
      add(name, "Reshape", [x, ints("shape", [-1, elementsOf(input)])]);
      return;
    case "reshape":
      add(name, "Reshape", [x, ints("shape", [-1, ...node.shape])]);
      return;
    case "permute":
      add(name, "Transpose", [x, ints("permutation", [0, ...axesOf(node.order).map((axis) => axis + 1)])]);
      return;
    case "shuffle": {
      const { h, w, c } = mapOf(input);
      const grouped = add(`${name}/grouped`, "Reshape", [x, ints("shape", [-1, node.groups, c / node.groups])]);
      const swapped = add(`${name}/swapped`, "Transpose", [grouped, ints("permutation", [0, 2, 1])]);
      add(name, "Reshape", [swapped, ints("shape", [-1, h, w, c])]);
      return;
    }
    case "slice": {
      const extents = input.slice(0, -1);
      const begin = ints("begin", [0, ...extents.map(() => 0), node.from]);
      add(name, "Slice", [x, begin, ints("size", [-1, ...extents, node.to - node.from])]);
      return;
    }
    case "pad":
      writePad(writer, name, node, x, input);
      return;
    case "crop": {
      const begin = ints("begin", [0, node.margins[0], node.margins[2], 0]);
      add(name, "Slice", [x, begin, ints("size", [-1, ...node.shape])]);
      return;
    }
    case "resize":
      writeResize(writer, name, node, x, input);
      return;
    case "depth_to_space":
    case "space_to_depth": {
      const { split, permutation } = blockTranspose(node, input);
      const blocks = add(`${name}/blocks`, "Reshape", [x, ints("shape", split)]);
      const moved = add(`${name}/moved`, "Transpose", [blocks, ints("permutation", permutation)]);
      add(name, "Reshape", [moved, ints("shape", [-1, ...node.shape])]);
      return;
    }
    case "add":
    case "sub":
    case "mul":
      writeChain(add, name, { add: "AddV2", sub: "Sub", mul: "Mul" }[node.op], inputs);
      return;
    case "concat":
      add(name, "ConcatV2", [...inputs, ints("axis", input.length)], { N: { i: String(inputs.length) } });
      return;
    default:
      node satisfies never;
  }
}
