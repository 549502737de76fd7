import { formatShape } from "../../ir/shape.ts";
import type { WeightTensor } from "../../formats/tensor.ts";
import { quote } from "../../formats/weight-file-problem.ts";
import { affineOf, chain, identity, isAffine, perChannel, type Affine } from "./affine.ts";
import { refuseTensor } from "../../formats/refusal.ts";
import { flagOf, numberOf, wordsOf, type TfInput, type TfNode } from "../../formats/tf-graph.ts";
import type { ManifestTensor } from "../../formats/tfjs-manifest.ts";
import { mergeGroups, type Piece } from "./tf-groups.ts";

/** What a conv, depthwise or dense of a graph computes with its constants, all that scales and shifts its output included. */
export interface TfLinear {
  readonly op: "conv" | "depthwise" | "dense";
  readonly name: string;
  /** As the graph stores it, but dense kernels always IO. */
  readonly kernel: WeightTensor;
  readonly channels: number;
  readonly affine: Affine;
  /** The constant that its bias comes from; null where nothing is added. */
  readonly bias: string | null;
  readonly piece: Piece | null;
}

/** A scale and a shift with no linear op before them to take them in. */
export interface TfNorm {
  readonly op: "norm";
  readonly name: string;
  readonly channels: number;
  readonly affine: Affine;
  readonly bias: string | null;
  /** Gamma, beta, mean, variance, where a batch norm stands there as such. */
  readonly tensors: readonly WeightTensor[] | null;
  readonly epsilon: number | null;
}

export type TfLayer = TfLinear | TfNorm;

export interface TfLayers {
  readonly layers: readonly TfLayer[];
  /** For each layer, those whose values reach it without another between. */
  readonly sources: readonly (readonly number[])[];
  /** What is done to the input before the first layer. */
  readonly scaling: Affine;
  /** Constants that no layer took. */
  readonly left: readonly WeightTensor[];
}

interface Value {
  readonly sources: readonly number[];
  /** The layer whose output this is, and whether what follows can still be taken into it. */
  readonly layer: number | null;
  readonly open: boolean;
  /** Of the input itself: what was done to its channels. */
  readonly input: Affine | null;
  readonly constant: ManifestTensor | null;
  readonly piece: Piece | null;
}

const nothing: Value = { sources: [], layer: null, open: false, input: null, constant: null, piece: null };

const linearOps: Readonly<Record<string, TfLinear["op"]>> = {
  Conv2D: "conv",
  _FusedConv2D: "conv",
  DepthwiseConv2dNative: "depthwise",
  FusedDepthwiseConv2dNative: "depthwise",
  MatMul: "dense",
  _FusedMatMul: "dense",
};
const normOps = new Set(["FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"]);
/** Ops that a scale and a shift of the channels may as well stand before. */
const transparent = new Set(["Identity", "StopGradient", "CheckNumerics", "BatchToSpaceND"]);
/** Ops behind which the input is still the input. */
const keepsInput = new Set([...transparent, "Cast", "ExpandDims", "Reshape"]);

/**
 * The layers of a graph in the order they run. A bias, a batch norm, or any sum and product with a number a channel is taken into
 * the conv, depthwise or dense before it, in float64, where that op's output has no other use.
 */
export function readTfLayers(
  nodes: readonly TfNode[],
  constants: ReadonlyMap<string, ManifestTensor>,
  outputs: ReadonlySet<string>,
): TfLayers {
  const layers: TfLayer[] = [];
  const sources: (readonly number[])[] = [];
  const values = new Map<string, Value>();
  const spent = new Set<string>();
  // Layers that became part of another.
  const dropped = new Set<number>();
  const uses = countUses(nodes, outputs);
  let scaling = identity;

  const read = ({ node, output }: TfInput): Value => {
    const value = values.get(node) ?? nothing;
    const alone = uses.get(node) === 1;
    const piece = value.piece === null ? null : { ...value.piece, from: value.piece.from + output };
    return { ...value, open: value.open && alone, piece };
  };
  const push = (layer: TfLayer, from: Value, open: boolean): Value => {
    layers.push(layer);
    sources.push(from.sources);
    scaling = from.input ?? scaling;
    const index = layers.length - 1;
    return { ...nothing, sources: [index], layer: index, open };
  };
  const constantAt = (node: TfNode, position: number) => {
    const input = node.inputs[position];
    return input === undefined ? null : read(input).constant;
  };

  const linear = (node: TfNode, op: TfLinear["op"]): Value | null => {
    const [x] = node.inputs.map(read);
    const stored = constantAt(node, 1);
    if (x === undefined || stored?.shape.length !== (op === "dense" ? 2 : 4)) return null;
    if (stored.dtype !== "float32") {
      refuseTensor("weights/file-dtype", stored.name, `the dtype "float32"`, `"${stored.dtype}"`);
    }
    spent.add(stored.name);
    const kernel = op === "dense" && flagOf(node, "transpose_b") ? transposed(stored) : stored;
    const [a = 0, b = 0] = kernel.shape.slice(-2);
    const layer: TfLinear = {
      op,
      name: stored.name.endsWith("/kernel") ? stored.name.slice(0, -"/kernel".length) : node.name,
      kernel,
      channels: op === "depthwise" ? a * b : b,
      affine: identity,
      bias: null,
      piece: x.piece,
    };
    const [first, ...rest] = wordsOf(node, "fused_ops");
    const bias = first === "BiasAdd" ? constantAt(node, 2) : null;
    const whole = bias === null ? layer : { ...layer, ...taken(layer, "BiasAdd", bias) };
    return push(whole, x, first === undefined || (first === "BiasAdd" && rest.length === 0));
  };

  /** What a layer gains by a sum or product with a constant behind it. */
  const taken = (layer: TfLayer, op: string, constant: WeightTensor): Pick<TfLayer, "affine" | "bias"> => {
    const numbers = perChannel(constant);
    if (numbers?.length !== layer.channels) {
      const expected = `${layer.channels} numbers, one for each channel of ${quote(layer.name)}`;
      refuseTensor("weights/file-header", constant.name, expected, `shape [${formatShape(constant.shape)}]`);
    }
    spent.add(constant.name);
    const adds = op !== "Mul" && op !== "RealDiv";
    return { affine: chain(layer.affine, affineOf(op, numbers)), bias: adds ? constant.name : layer.bias };
  };

  const affine = (node: TfNode): Value | null => {
    const [left, right] = node.inputs.map(read);
    if (left === undefined || right === undefined || node.inputs.length !== 2) return null;
    const position = right.constant === null ? 0 : 1;
    const [x, constant] = position === 1 ? [left, right.constant] : [right, left.constant];
    const numbers = constant === null ? null : perChannel(constant);
    if (constant === null || numbers === null || !isAffine(node.op, position)) return null;
    if (x.input !== null) {
      spent.add(constant.name);
      return { ...x, input: chain(x.input, affineOf(node.op, numbers)) };
    }
    // A single number is part of an activation: relu6(x + 3) / 6.
    const isVector = constant.shape.length === 1 || numbers.length > 1;
    if (!isVector) return null;
    const before = x.layer === null ? undefined : layers[x.layer];
    if (x.open && before !== undefined && before.channels === numbers.length) {
      layers[x.layer!] = { ...before, ...taken(before, node.op, constant) };
      return x;
    }
    if (node.op !== "Mul") return null;
    const name = constant.name.replace(/\/scale$/, "");
    const layer = { op: "norm", name, channels: numbers.length, tensors: null, epsilon: null } as const;
    return push({ ...layer, ...taken({ ...layer, affine: identity, bias: null }, "Mul", constant) }, x, true);
  };

  const norm = (node: TfNode): Value | null => {
    const [x] = node.inputs.map(read);
    const tensors = [1, 2, 3, 4].map((position) => constantAt(node, position));
    const [gamma, beta, mean, variance] = tensors;
    if (x === undefined || !gamma || !beta || !mean || !variance) return null;
    const channels = gamma.data.length;
    for (const tensor of [gamma, beta, mean, variance]) {
      spent.add(tensor.name);
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
    const before = x.layer === null ? undefined : layers[x.layer];
    if (x.open && before !== undefined && before.channels === channels) {
      const scale = Float64Array.from(gamma.data, (value, c) => value / Math.sqrt(variance.data[c]! + epsilon));
      const shift = Float64Array.from(beta.data, (value, c) => value - mean.data[c]! * scale[c]!);
      layers[x.layer!] = { ...before, affine: chain(before.affine, { scale, shift }), bias: beta.name };
      return x;
    }
    const layer = { op: "norm", name: node.name, channels, affine: identity, bias: null } as const;
    return push({ ...layer, tensors: [gamma, beta, mean, variance], epsilon }, x, false);
  };

  const joined = (node: TfNode): Value | null => {
    const parts = node.inputs.slice(0, -1).map(read);
    const indices = parts.flatMap(({ layer }) => (layer === null ? [] : [layer]));
    const convs = indices.flatMap((index) => (layers[index]?.op === "conv" ? [layers[index]] : []));
    const alone = node.inputs.slice(0, -1).every((input) => uses.get(input.node) === 1);
    const merged = alone && convs.length === parts.length ? mergeGroups(convs) : null;
    const [index, ...others] = indices;
    if (merged === null || index === undefined) return null;
    layers[index] = merged;
    for (const other of others) dropped.add(other);
    return { ...nothing, sources: [index], layer: index };
  };

  for (const node of nodes) {
    const constant = constants.get(node.name) ?? null;
    if (node.op === "Const" && constant !== null) {
      values.set(node.name, { ...nothing, constant });
      continue;
    }
    const own = Object.hasOwn(linearOps, node.op)
      ? linear(node, linearOps[node.op]!)
      : normOps.has(node.op)
        ? norm(node)
        : node.op === "ConcatV2"
          ? joined(node)
          : affine(node);
    values.set(node.name, own ?? passed(node, node.inputs.map(read)));
  }
  const kept = layers.flatMap((_layer, index) => (dropped.has(index) ? [] : [index]));
  return {
    layers: kept.map((index) => layers[index]!),
    sources: kept.map((index) => sources[index]!.map((source) => kept.indexOf(source))),
    scaling,
    left: [...constants.values()].filter(
      ({ name, dtype, shape }) => !spent.has(name) && dtype === "float32" && (shape.at(-1) ?? 1) > 1,
    ),
  };
}

/** What an op that is no layer hands on. */
function passed({ op, inputs }: TfNode, from: readonly Value[]): Value {
  const sources = [...new Set(from.flatMap((value) => value.sources))].sort((a, b) => a - b);
  const [first = nothing] = from;
  if (op === "Placeholder" || op === "PlaceholderWithDefault") return { ...nothing, input: identity };
  const kept = transparent.has(op) ? first : nothing;
  const input = keepsInput.has(op) ? first.input : null;
  const whole = inputs[op === "Split" ? 1 : 0];
  const begin = op === "Split" || op === "SplitV" ? 0 : (from[1]?.constant?.data.at(-1) ?? null);
  const cuts = op === "Split" || op === "SplitV" || op === "Slice" || op === "StridedSlice";
  const piece = cuts && whole !== undefined && begin !== null ? { parent: whole.node, from: begin } : null;
  return { ...kept, sources, input, piece };
}

/** How often each node is read, as an output of the graph too. */
function countUses(nodes: readonly TfNode[], outputs: ReadonlySet<string>): ReadonlyMap<string, number> {
  const uses = new Map<string, number>([...outputs].map((name) => [name, 1]));
  for (const { inputs } of nodes) for (const { node } of inputs) uses.set(node, (uses.get(node) ?? 0) + 1);
  return uses;
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
