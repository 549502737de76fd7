import { formatShape } from "../../ir/shape.ts";
import { refuseTensor } from "../../formats/refusal.ts";
import type { WeightTensor } from "../../formats/tensor.ts";
import { flagOf, numberOf, wordsOf, type TfNode } from "../../formats/tf-graph.ts";
import { quote } from "../../formats/file-problem.ts";
import { affineOf, chain, identity, isAffine, perChannel, type Affine } from "./affine.ts";
import { swapChannels, swappedShape } from "../swap-channels.ts";
import { mergeGroups } from "./tf-groups.ts";
import type { TfLinear } from "./tf-layer.ts";
import { addLayer, constantAt, nothing, takeIn, valueOf, type TfReading, type TfValue } from "./tf-reading.ts";

const linearOps: ReadonlyMap<string, TfLinear["op"]> = new Map([
  ["Conv2D", "conv"],
  ["_FusedConv2D", "conv"],
  ["Conv2DBackpropInput", "conv_transpose"],
  ["DepthwiseConv2dNative", "depthwise"],
  ["FusedDepthwiseConv2dNative", "depthwise"],
  ["MatMul", "dense"],
  ["_FusedMatMul", "dense"],
]);

const normOps: ReadonlySet<string> = new Set(["FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"]);

/** Reads a node that is a layer or a part of one. Returns its value, or null if the node is neither. */
export function readLayerNode(reading: TfReading, node: TfNode): TfValue | null {
  const op = linearOps.get(node.op);
  if (op !== undefined) return readLinear(reading, node, op);
  if (normOps.has(node.op)) return readNorm(reading, node);
  return node.op === "ConcatV2" ? joinGroups(reading, node) : readAffine(reading, node);
}

function readLinear(reading: TfReading, node: TfNode, op: TfLinear["op"]): TfValue | null {
  // A transposed conv reads the shape of its output first.
  const input = node.inputs[op === "conv_transpose" ? 2 : 0];
  const x = input === undefined ? undefined : valueOf(reading, input);
  const stored = constantAt(reading, node, 1);
  if (x === undefined || stored?.shape.length !== (op === "dense" ? 2 : 4)) return null;
  if (stored.dtype !== "float32") {
    refuseTensor("weights/file-dtype", stored.name, `the dtype "float32"`, `"${stored.dtype}"`);
  }
  reading.spent.add(stored.name);
  const kernel = asRead(node, op, stored);
  const [a = 0, b = 0] = kernel.shape.slice(-2);
  const layer: TfLinear = {
    op,
    name: stored.name.endsWith("/kernel") ? stored.name.slice(0, -"/kernel".length) : node.name,
    kernel,
    channels: op === "depthwise" ? a * b : b,
    groups: 1,
    affine: identity,
    bias: null,
    piece: x.piece,
  };
  const [first, ...rest] = wordsOf(node, "fused_ops");
  const bias = first === "BiasAdd" ? constantAt(reading, node, 2) : null;
  const whole = bias === null ? layer : { ...layer, ...takeIn(reading, layer, "BiasAdd", bias) };
  return addLayer(reading, whole, x, first === undefined || (first === "BiasAdd" && rest.length === 0));
}

/** Reads a sum or product with a constant: part of the input's scaling, of the layer before it, or a norm of its own. */
function readAffine(reading: TfReading, node: TfNode): TfValue | null {
  const [left, right] = node.inputs.map((input) => valueOf(reading, input));
  if (left === undefined || right === undefined || node.inputs.length !== 2) return null;
  const position = right.constant === null ? 0 : 1;
  const [x, constant] = position === 1 ? [left, right.constant] : [right, left.constant];
  const numbers = constant === null ? null : perChannel(constant);
  if (constant === null || numbers === null || !isAffine(node.op, position)) return null;
  if (x.input !== null) {
    reading.spent.add(constant.name);
    return { ...x, input: chain(x.input, affineOf(node.op, numbers)) };
  }
  // A constant that is a single number is part of an activation, as in relu6(x + 3) / 6.
  const isVector = constant.shape.length === 1 || numbers.length > 1;
  if (!isVector) return null;
  const before = x.layer === null ? undefined : reading.layers[x.layer];
  if (x.open && before !== undefined && before.channels === numbers.length) {
    reading.layers[x.layer!] = { ...before, ...takeIn(reading, before, node.op, constant) };
    return x;
  }
  if (node.op !== "Mul") return null;
  const name = constant.name.replace(/\/scale$/, "");
  const layer = { op: "norm", name, channels: numbers.length, tensors: null, epsilon: null } as const;
  const scaled = takeIn(reading, { ...layer, affine: identity, bias: null }, "Mul", constant);
  return addLayer(reading, { ...layer, ...scaled }, x, true);
}

function readNorm(reading: TfReading, node: TfNode): TfValue | null {
  const [x] = node.inputs.map((input) => valueOf(reading, input));
  const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((position) => constantAt(reading, node, position));
  if (x === undefined || !gamma || !beta || !mean || !variance) return null;
  const channels = gamma.data.length;
  for (const tensor of [gamma, beta, mean, variance]) {
    reading.spent.add(tensor.name);
    if (tensor.data.length === channels && tensor.shape.length === 1) continue;
    const expected = `the ${channels} channels of ${quote(gamma.name)}`;
    refuseTensor("weights/file-header", tensor.name, expected, `shape [${formatShape(tensor.shape)}]`);
  }
  const at = variance.data.findIndex((value) => value < 0);
  if (at >= 0) {
    const found = `${variance.data[at]} at index ${at}`;
    refuseTensor("weights/negative-variance", variance.name, "variances from 0", found);
  }
  const epsilon = numberOf(node, "epsilon", 1e-4);
  const before = x.layer === null ? undefined : reading.layers[x.layer];
  if (x.open && before !== undefined && before.channels === channels) {
    const folded = normAffine([gamma, beta, mean, variance], epsilon);
    reading.layers[x.layer!] = { ...before, affine: chain(before.affine, folded), bias: beta.name };
    return x;
  }
  const layer = { op: "norm", name: node.name, channels, affine: identity, bias: null } as const;
  return addLayer(reading, { ...layer, tensors: [gamma, beta, mean, variance], epsilon }, x, false);
}

function normAffine(
  [gamma, beta, mean, variance]: readonly [WeightTensor, WeightTensor, WeightTensor, WeightTensor],
  epsilon: number,
): Affine {
  const scale = Float64Array.from(gamma.data, (value, c) => value / Math.sqrt(variance.data[c]! + epsilon));
  const shift = Float64Array.from(beta.data, (value, c) => value - mean.data[c]! * scale[c]!);
  return { scale, shift };
}

/**
 * Combines the convs that a concat joins into one grouped conv. Returns null if they are not the groups of one conv.
 */
function joinGroups(reading: TfReading, node: TfNode): TfValue | null {
  const { layers, uses, dropped } = reading;
  const inputs = node.inputs.slice(0, -1);
  const parts = inputs.map((input) => valueOf(reading, input));
  const indices = parts.flatMap(({ layer }) => (layer === null ? [] : [layer]));
  const convs = indices.flatMap((index) => {
    const layer = layers[index];
    return layer?.op === "conv" || layer?.op === "conv_transpose" ? [layer] : [];
  });
  const alone = inputs.every((input) => uses.get(input.node) === 1);
  const merged = alone && convs.length === parts.length ? mergeGroups(convs) : null;
  const [index, ...others] = indices;
  if (merged === null || index === undefined) return null;
  layers[index] = merged;
  for (const other of others) dropped.add(other);
  // A bias may follow the joined groups.
  return { ...nothing, sources: [index], layer: index, open: parts.every(({ open }) => open) };
}

/** Turns the kernel of a dense layer to IO and that of a transposed conv to HWIO. */
function asRead(node: TfNode, op: TfLinear["op"], stored: WeightTensor): WeightTensor {
  if (op === "dense") return flagOf(node, "transpose_b") ? transposed(stored) : stored;
  if (op !== "conv_transpose") return stored;
  return { ...stored, shape: swappedShape(stored.shape, 1), data: swapChannels(stored.data, stored.shape, 1) };
}

/** `[units, inputs]` to `[inputs, units]`. */
function transposed({ name, shape, data }: WeightTensor): WeightTensor {
  const [units = 0, inputs = 0] = shape;
  return {
    name,
    shape: [inputs, units],
    data: data.map((_value, i) => data[(i % units) * inputs + Math.floor(i / units)]!),
  };
}
