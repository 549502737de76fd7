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

/** Ops that a fused graph node computes. */
type FusableNode = Exclude<LinearNode, { op: "conv_transpose" }>;

/** A conv, depthwise or dense of the folded form that is to be written. */
interface WrittenLinear<N extends FusableNode = FusableNode> {
  /** The name of the last graph node that is written for it. */
  readonly name: string;
  readonly node: N;
  /** Name of the value that it reads. */
  readonly x: string;
  readonly input: Shape;
}

/** A linear op without an activation, or with one that its graph node can apply. */
interface FusedLinear<N extends FusableNode> extends WrittenLinear<N> {
  readonly activation: Activation | null;
}

/** Writes one fused node. A conv with groups, and an activation that no fused kernel applies, have nodes of their own. */
export function writeLinear(writer: GraphWriter, written: WrittenLinear, weights: WeightStore): string {
  const { name, node, input } = written;
  // The graph executor of tf.js passes no slope to a depthwise kernel.
  const sloped = node.activation?.fn === "leaky_relu" && runsDepthwise(node, input);
  const fused = sloped ? null : fusedName(node.activation);
  const rest = fused === null ? node.activation : null;
  const inner = {
    ...written,
    name: rest === null ? name : `${name}/linear`,
    activation: fused === null ? null : node.activation,
  };
  const output =
    node.op === "dense"
      ? writeDense(writer, { ...inner, node }, weights)
      : writeConv(writer, { ...inner, node }, weights);
  return rest === null ? output : writeActivation(writer, name, rest, output);
}

/**
 * Returns true for a depthwise and for a conv with one group per channel. The kernels of the two have the same numbers
 * in the same order.
 */
function runsDepthwise(node: FusableNode, input: Shape): boolean {
  if (node.op !== "conv") return node.op === "depthwise";
  return node.groups > 1 && node.groups === mapOf(input).c;
}

/** Names of the graph ops without and with bias and activation. */
const kinds = {
  conv: { plain: "Conv2D", fused: "_FusedConv2D" },
  depthwise: { plain: "DepthwiseConv2dNative", fused: "FusedDepthwiseConv2dNative" },
  dense: { plain: "MatMul", fused: "_FusedMatMul" },
} as const;

/** A graph node that can add a bias and apply an activation. */
interface FusedNode {
  readonly name: string;
  readonly kind: keyof typeof kinds;
  readonly inputs: readonly [x: string, kernel: string];
  readonly bias: { readonly name: string; readonly values: Float32Array | null; readonly channels: number };
  readonly activation: Activation | null;
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** Writes one node. The graph executor of tf.js forgets an activation without a bias, so such a node has a bias of zeros. */
function writeFused(writer: GraphWriter, { name, kind, inputs, bias, activation, attributes }: FusedNode): string {
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

function biasOf(node: FusableNode, weights: WeightStore): Float32Array | null {
  return node.bias ? tensorData(weights, `${node.path}/bias`, [channelsOf(node.shape)]) : null;
}

function writeDense(
  writer: GraphWriter,
  { name, node, x, input, activation }: FusedLinear<ShapedNodeOf<"dense">>,
  weights: WeightStore,
): string {
  const shape = [channelsOf(input), node.units];
  const data = tensorData(weights, `${node.path}/kernel`, shape);
  const kernel = writer.kernel(`${node.path}/kernel`, shape, data, data);
  const bias = { name: `${node.path}/bias`, values: biasOf(node, weights), channels: node.units };
  const attributes = { transpose_a: { b: false }, transpose_b: { b: false } };
  return writeFused(writer, { name, kind: "dense", inputs: [x, kernel], bias, activation, attributes });
}

function writeConv(
  writer: GraphWriter,
  { name, node, x, input, activation }: FusedLinear<ShapedNodeOf<"conv" | "depthwise">>,
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
    return writeFused(writer, { name, kind, inputs: [x, named], bias: biases, activation, attributes });
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
    return writeFused(writer, {
      name: at,
      kind: "conv",
      inputs: [sliced, named],
      bias: biases,
      activation,
      attributes,
    });
  });
  return writer.add(name, "ConcatV2", [...parts, writer.ints("axis", 3)], { N: { i: String(groups) } });
}
