import type { Activation } from "../../ir/activation.ts";
import type { ShapedNode, ShapedNodeOf } from "../../ir/graph.ts";
import { rowsAdded } from "../../ir/spread.ts";
import { channelsOf, mapOf, type Shape } from "../../ir/shape.ts";
import { boundFloat32, type LinearNode } from "../../weights/bind.ts";
import { swapChannels } from "../../weights/swap-channels.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import { onnxPads } from "./onnx-pads.ts";
import type { OnnxWriter } from "./onnx-writer.ts";
import { channelShape } from "./channel-shape.ts";
import { writeResponseNorm } from "./write-response-norm.ts";
import { writeSampleNorm } from "./write-norm.ts";
import { writePad } from "./write-pad.ts";
import { writeAdaptivePool, writePool } from "./write-pool.ts";
import { writePermute, writeReshape } from "./write-shape.ts";
import { writeResize } from "./write-resize.ts";
import { writeChain } from "../write-chain.ts";
import { writeChannelMap } from "../write-channel-map.ts";

/** A node of an inference graph that is to be written. */
export interface WrittenNode<N extends ShapedNode = ShapedNode> {
  /** The name of the last ONNX node that is written for it, and the name of that node's value. */
  readonly name: string;
  readonly node: N;
  /** Names of the values that it reads. */
  readonly inputs: readonly string[];
  /** Shape of the first input in the inference graph. */
  readonly inputShape: Shape;
}

const channelFormat = (shape: Shape) => ({ sum: "Add", prelu: "PRelu", shape: channelShape(shape) });

/**
 * Writes what a node of an inference graph computes.
 *
 * @throws `WeightError` if a tensor is missing or has another shape
 */
export function writeNode(writer: OnnxWriter, written: WrittenNode, weights: WeightStore): void {
  const { add, ints } = writer;
  const { name, node, inputs, inputShape: input } = written;
  const [x = ""] = inputs;
  switch (node.op) {
    case "input":
      if (node.shape.length === 3) add(name, "Transpose", [x], { perm: [0, 3, 1, 2] });
      else add(name, "Identity", [x]);
      return;
    case "conv":
    case "conv_transpose":
    case "depthwise":
    case "dense":
      writeLinear(writer, { ...written, node }, weights);
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
      add(name, node.mode === "avg" ? "GlobalAveragePool" : "GlobalMaxPool", [x]);
      return;
    case "dropout":
      add(name, "Identity", [x]);
      return;
    case "flatten":
    case "squeeze":
    case "reshape":
      writeReshape(writer, name, x, input, node.shape);
      return;
    case "permute":
      writePermute(writer, name, x, node.order);
      return;
    case "shuffle":
      writeTurned(writer, name, x, node.groups, node.shape);
      return;
    case "slice":
      add(name, "Slice", [x, ints([node.from]), ints([node.to]), ints([1])]);
      return;
    case "pad":
      writePad(writer, name, node, x);
      return;
    case "crop": {
      const [top, , left] = node.margins;
      const { h, w } = mapOf(node.shape);
      add(name, "Slice", [x, ints([top, left]), ints([top + h, left + w]), ints([2, 3])]);
      return;
    }
    case "resize":
      writeResize(writer, name, node, x, input);
      return;
    case "depth_to_space":
      add(name, "DepthToSpace", [x], { blocksize: node.blockSize, mode: node.order === "torch" ? "CRD" : "DCR" });
      return;
    case "space_to_depth": {
      if (node.order === "tensorflow") {
        add(name, "SpaceToDepth", [x], { blocksize: node.blockSize });
        return;
      }
      // ONNX has only TensorFlow's channel order. A transposition of the channels gives PyTorch's order.
      const deep = add(`${name}/deep`, "SpaceToDepth", [x], { blocksize: node.blockSize });
      writeTurned(writer, name, deep, node.blockSize * node.blockSize, node.shape);
      return;
    }
    case "add":
    case "sub":
    case "mul":
      writeChain(add, name, { add: "Add", sub: "Sub", mul: "Mul" }[node.op], inputs);
      return;
    case "concat":
      add(name, "Concat", inputs, { axis: 1 });
      return;
    default:
      node satisfies never;
  }
}

/** Views the channels of a map as a matrix with `outer` rows and writes its transposition. */
function writeTurned({ add, ints }: OnnxWriter, name: string, x: string, outer: number, shape: Shape): void {
  const { h, w, c } = mapOf(shape);
  const grouped = add(`${name}/grouped`, "Reshape", [x, ints([1, outer, c / outer, h, w])]);
  const swapped = add(`${name}/swapped`, "Transpose", [grouped], { perm: [0, 2, 1, 3, 4] });
  add(name, "Reshape", [swapped, ints([1, c, h, w])]);
}

function writeLinear(
  writer: OnnxWriter,
  { name, node, inputs: [x = ""], inputShape: input }: WrittenNode<LinearNode>,
  weights: WeightStore,
): void {
  const { kernel, bias } = boundFloat32(node, input, weights);
  const filters = channelsOf(node.shape);
  const inner = node.activation === null ? name : `${name}/linear`;
  const biases = bias === null ? [] : [writer.floats(`${name}/bias`, [filters], bias)];
  if (node.op === "dense") {
    writer.add(inner, "Gemm", [x, writer.floats(`${name}/kernel`, [channelsOf(input), filters], kernel), ...biases]);
  } else if (node.op === "conv_transpose") {
    writeConvTranspose(writer, { inner, name, node, x, input }, kernel, biases);
  } else {
    const { c } = mapOf(input);
    const groups = node.op === "conv" ? node.groups : c;
    const shape = [filters, c / groups, ...node.kernel];
    const named = writer.floats(`${name}/kernel`, shape, filtersFirst(kernel, shape));
    writer.add(inner, "Conv", [x, named, ...biases], {
      kernel_shape: node.kernel,
      strides: node.stride,
      dilations: node.dilation,
      pads: onnxPads(node.pads),
      group: groups,
    });
  }
  if (node.activation !== null) writeActivation(writer, name, node.activation, inner);
}

interface WrittenConvTranspose {
  /** The name of the ONNX node. */
  readonly inner: string;
  /** The name of the layer's value. */
  readonly name: string;
  readonly node: ShapedNodeOf<"conv_transpose">;
  readonly x: string;
  readonly input: Shape;
}

/** Writes a transposed conv. ONNX Runtime adds fewer rows than a stride, so more of them come of zeros after the input's last row. */
function writeConvTranspose(
  writer: OnnxWriter,
  { inner, name, node, x, input }: WrittenConvTranspose,
  kernel: Float32Array,
  biases: readonly string[],
): void {
  const { c } = mapOf(input);
  const own = [...node.kernel, c / node.groups, node.filters];
  const shape = [c, node.filters / node.groups, ...node.kernel];
  const turned = filtersFirst(swapChannels(kernel, own, node.groups), shape);
  const added = rowsAdded(node, input);
  const zeros = added.map((rows, axis) => (rows < node.stride[axis]! ? 0 : Math.ceil(rows / node.stride[axis]!)));
  const [below = 0, right = 0] = zeros;
  const padded =
    below + right === 0
      ? x
      : writer.add(`${name}/padded`, "Pad", [x, writer.ints([0, 0, 0, 0, 0, 0, below, right])], { mode: "constant" });
  const after = (axis: 0 | 1): number =>
    node.pads[axis * 2 + 1]! + (zeros[axis] === 0 ? 0 : zeros[axis]! * node.stride[axis] - added[axis]);
  writer.add(inner, "ConvTranspose", [padded, writer.floats(`${name}/kernel`, shape, turned), ...biases], {
    kernel_shape: node.kernel,
    strides: node.stride,
    dilations: node.dilation,
    pads: onnxPads([node.pads[0], after(0), node.pads[2], after(1)]),
    output_padding: added.map((rows, axis) => (zeros[axis] === 0 ? rows : 0)),
    group: node.groups,
  });
}

/** Turns HWIO into OIHW. A depthwise kernel, HWIM, has one input channel for each of its I times M filters, in the same order. */
function filtersFirst(kernel: Float32Array, [filters = 0, inputs = 0, h = 0, w = 0]: Shape): Float32Array {
  const turned = new Float32Array(kernel.length);
  let from = 0;
  for (let place = 0; place < h * w; place++) {
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < filters; o++) turned[(o * inputs + i) * h * w + place] = kernel[from++]!;
    }
  }
  return turned;
}

function writeActivation(writer: OnnxWriter, name: string, { fn, alpha }: Activation, x: string): string {
  const { add, scalar } = writer;
  switch (fn) {
    case "relu":
      return add(name, "Relu", [x]);
    case "relu6":
      return add(name, "Clip", [x, scalar(0), scalar(6)]);
    case "leaky_relu":
      return add(name, "LeakyRelu", [x], { alpha: { float: alpha } });
    case "elu":
      return add(name, "Elu", [x], { alpha: { float: alpha } });
    case "selu":
      return add(name, "Selu", [x]);
    case "softplus":
      return add(name, "Softplus", [x]);
    case "swish":
      return add(name, "Mul", [x, add(`${name}/sigmoid`, "Sigmoid", [x])]);
    case "mish":
      return add(name, "Mul", [x, add(`${name}/tanh`, "Tanh", [add(`${name}/softplus`, "Softplus", [x])])]);
    case "hswish":
      return add(name, "HardSwish", [x]);
    case "sigmoid":
      return add(name, "Sigmoid", [x]);
    case "hsigmoid":
      return add(name, "HardSigmoid", [x], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } });
    case "tanh":
      return add(name, "Tanh", [x]);
    case "gelu": {
      const erf = add(`${name}/erf`, "Erf", [add(`${name}/scaled`, "Mul", [x, scalar(Math.SQRT1_2)])]);
      const share = add(`${name}/share`, "Mul", [add(`${name}/sum`, "Add", [erf, scalar(1)]), scalar(0.5)]);
      return add(name, "Mul", [x, share]);
    }
    case "gelu_tanh": {
      const cubed = add(`${name}/cubed`, "Mul", [x, add(`${name}/squared`, "Mul", [x, x])]);
      const bent = add(`${name}/bent`, "Add", [x, add(`${name}/bend`, "Mul", [cubed, scalar(0.044715)])]);
      const tanh = add(`${name}/tanh`, "Tanh", [add(`${name}/scaled`, "Mul", [bent, scalar(Math.sqrt(2 / Math.PI))])]);
      const share = add(`${name}/share`, "Mul", [add(`${name}/sum`, "Add", [tanh, scalar(1)]), scalar(0.5)]);
      return add(name, "Mul", [x, share]);
    }
    case "softmax":
      // Channels are the second axis of a map and of a vector.
      return add(name, "Softmax", [x], { axis: 1 });
    case "log_softmax":
      return add(name, "LogSoftmax", [x], { axis: 1 });
  }
}
