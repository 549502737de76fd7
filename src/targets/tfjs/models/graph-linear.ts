import type { Activation } from "../../../ir/activation.ts";
import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { channelsOf, mapOf, type Shape } from "../../../ir/shape.ts";
import type { LinearNode } from "../../../weights/bind.ts";
import { tensorData } from "../../../weights/read-tensor.ts";
import type { WeightStore } from "../../../formats/tensor.ts";
import { fusedName, writeActivation } from "./graph-activations.ts";
import { paddingWord, windowAttributes } from "./graph-windows.ts";
import { intList, words, type Attribute, type GraphWriter } from "./graph-writer.ts";
import { dilatedKernel, groupOf, spreadsKernel, type Kernel } from "./kernels.ts";

/** A conv, depthwise or dense of the folded form: one fused node each, but for groups and activations that none fuses. */
export function writeLinear(
  writer: GraphWriter,
  name: string,
  node: LinearNode,
  x: string,
  input: Shape,
  weights: WeightStore,
): string {
  // tf.js's graph executor hands no slope on to a depthwise kernel.
  const sloped = node.activation?.fn === "leaky_relu" && runsDepthwise(node, input);
  const fused = sloped ? null : fusedName(node.activation);
  const rest = fused === null ? node.activation : null;
  const inner = rest === null ? name : `${name}/linear`;
  const activation = fused === null ? null : node.activation;
  const output =
    node.op === "dense"
      ? writeDense(writer, inner, node, activation, x, input, weights)
      : writeConv(writer, inner, node, activation, x, input, weights);
  return rest === null ? output : writeActivation(writer, name, rest, output);
}

/** A conv with a group a channel is a depthwise conv: the same numbers in the same order. */
function runsDepthwise(node: LinearNode, input: Shape): boolean {
  if (node.op !== "conv") return node.op === "depthwise";
  return node.groups > 1 && node.groups === mapOf(input).c;
}

/** Names of kinds of node, without and with bias and activation. */
const kinds = {
  conv: { plain: "Conv2D", fused: "_FusedConv2D" },
  depthwise: { plain: "DepthwiseConv2dNative", fused: "FusedDepthwiseConv2dNative" },
  dense: { plain: "MatMul", fused: "_FusedMatMul" },
} as const;

/** One node. Without a bias, tf.js's graph executor forgets the activation; zeros keep the two in one kernel. */
function writeFused(
  writer: GraphWriter,
  name: string,
  kind: keyof typeof kinds,
  inputs: readonly [x: string, kernel: string],
  bias: { readonly name: string; readonly values: Float32Array | null; readonly channels: number },
  activation: Activation | null,
  attributes: Readonly<Record<string, Attribute>>,
): string {
  if (bias.values === null && activation === null) return writer.add(name, kinds[kind].plain, inputs, attributes);
  const op = fusedName(activation);
  return writer.add(
    name,
    kinds[kind].fused,
    [...inputs, writer.floats(bias.name, [bias.channels], bias.values ?? new Float32Array(bias.channels))],
    {
      ...attributes,
      num_args: { i: "1" },
      fused_ops: words(op === null ? ["BiasAdd"] : ["BiasAdd", op]),
      ...(activation?.fn === "leaky_relu" ? { leakyrelu_alpha: { f: activation.alpha } } : {}),
    },
  );
}

function biasOf(node: LinearNode, weights: WeightStore): Float32Array | null {
  return node.bias ? tensorData(weights, `${node.path}/bias`, [channelsOf(node.shape)]) : null;
}

function writeDense(
  writer: GraphWriter,
  name: string,
  node: ShapedNodeOf<"dense">,
  activation: Activation | null,
  x: string,
  input: Shape,
  weights: WeightStore,
): string {
  const shape = [channelsOf(input), node.units];
  const data = tensorData(weights, `${node.path}/kernel`, shape);
  const kernel = writer.kernel(`${node.path}/kernel`, shape, data, data);
  const bias = { name: `${node.path}/bias`, values: biasOf(node, weights), channels: node.units };
  const attributes = { transpose_a: { b: false }, transpose_b: { b: false } };
  return writeFused(writer, name, "dense", [x, kernel], bias, activation, attributes);
}

function writeConv(
  writer: GraphWriter,
  name: string,
  node: ShapedNodeOf<"conv"> | ShapedNodeOf<"depthwise">,
  activation: Activation | null,
  x: string,
  input: Shape,
  weights: WeightStore,
): string {
  const { c } = mapOf(input);
  const filters = channelsOf(node.shape);
  const groups = node.op === "conv" ? node.groups : c;
  const kind = runsDepthwise(node, input) ? "depthwise" : "conv";
  const stored = [...node.kernel, ...(node.op === "conv" ? [c / groups, filters] : [c, filters / c])];
  const data = tensorData(weights, `${node.path}/kernel`, stored);
  const shape = [...node.kernel, ...(kind === "depthwise" ? [c, filters / c] : [c / groups, filters])];
  const spread = spreadsKernel(node);
  const kernel: Kernel = spread ? dilatedKernel({ shape, data }, node.dilation) : { shape, data };
  const padding = paddingWord(node, input);
  const attributes = {
    ...windowAttributes(node.stride, padding),
    dilations: intList([1, ...(spread ? [1, 1] : node.dilation), 1]),
    ...(padding === "EXPLICIT" ? { explicit_paddings: intList([0, 0, ...node.pads, 0, 0]) } : {}),
  };
  const bias = biasOf(node, weights);
  if (kind === "depthwise" || groups === 1) {
    const named = writer.kernel(`${node.path}/kernel`, kernel.shape, kernel.data, data);
    const biases = { name: `${node.path}/bias`, values: bias, channels: filters };
    return writeFused(writer, name, kind, [x, named], biases, activation, attributes);
  }
  const parts = Array.from({ length: groups }, (_unused, group) => {
    const at = `${name}/group${group}`;
    const sliced = writer.add(`${at}/slice`, "Slice", [
      x,
      writer.ints("begin", [0, 0, 0, (group * c) / groups]),
      writer.ints("size", [-1, -1, -1, c / groups]),
    ]);
    const part = groupOf(kernel, groups, group);
    const named = writer.kernel(`${node.path}/group${group}/kernel`, part.shape, part.data, data);
    const channels = filters / groups;
    const values = bias?.slice(group * channels, (group + 1) * channels) ?? null;
    const biases = { name: `${node.path}/group${group}/bias`, values, channels };
    return writeFused(writer, at, "conv", [sliced, named], biases, activation, attributes);
  });
  return writer.add(name, "ConcatV2", [...parts, writer.ints("axis", 3)], { N: { i: String(groups) } });
}
