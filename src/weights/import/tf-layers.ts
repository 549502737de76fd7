import type { WeightTensor } from "../../formats/tensor.ts";
import type { TfNode } from "../../formats/tf-graph.ts";
import type { ManifestTensor } from "../../formats/tfjs-manifest.ts";
import { identity, type Affine } from "./affine.ts";
import type { TfLayer } from "./tf-layer.ts";
import { readLayerNode } from "./tf-layer-nodes.ts";
import { nothing, startReading, valueOf, type TfReading, type TfValue } from "./tf-reading.ts";

export interface TfLayers {
  readonly layers: readonly TfLayer[];
  /** For each layer, the indices of the layers that feed it with no other layer between. */
  readonly sources: readonly (readonly number[])[];
  /** The scale and shift of the input before the first layer. */
  readonly scaling: Affine;
  /** Constants that belong to no layer. */
  readonly left: readonly WeightTensor[];
}

/** Ops that commute with a scale and a shift of the channels. */
const transparent = new Set(["Identity", "StopGradient", "CheckNumerics", "BatchToSpaceND"]);
/** Ops that pass the input on unchanged. */
const keepsInput = new Set([...transparent, "Cast", "ExpandDims", "Reshape"]);

/**
 * Returns the layers of a graph in the order in which they run. A bias, a batch norm, and a sum or product with one
 * number per channel are folded, in float64, into the conv, depthwise or dense before it, if no other node reads that
 * op's output.
 */
export function readTfLayers(
  nodes: readonly TfNode[],
  constants: ReadonlyMap<string, ManifestTensor>,
  outputs: ReadonlySet<string>,
): TfLayers {
  const reading = startReading(countUses(nodes, outputs));
  for (const node of nodes) {
    const constant = node.op === "Const" ? (constants.get(node.name) ?? null) : null;
    const value =
      constant === null ? (readLayerNode(reading, node) ?? passed(reading, node)) : { ...nothing, constant };
    reading.values.set(node.name, value);
  }
  for (const { op, inputs } of nodes) {
    const matrix = op === "BatchMatMulV2" && inputs[0] !== undefined ? valueOf(reading, inputs[0]).constant : null;
    if (matrix !== null && resamples(matrix)) reading.spent.add(matrix.name);
  }
  const { layers, sources, dropped, spent, scaling } = reading;
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

/** Tells whether a matrix mixes pixels as a resize does: in each of its rows the numbers sum to 1. Such a matrix is no weight. */
function resamples({ data, shape }: WeightTensor): boolean {
  const width = shape.at(-1) ?? 1;
  for (let start = 0; start < data.length; start += width) {
    const sum = data.subarray(start, start + width).reduce((total, share) => total + share, 0);
    if (!(Math.abs(sum - 1) < 1e-5)) return false;
  }
  return data.length > 0;
}

/** Returns the value of an op that is not a layer. */
function passed(reading: TfReading, { op, inputs }: TfNode): TfValue {
  const from = inputs.map((input) => valueOf(reading, input));
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

/** Counts how often each node is read; an output of the graph counts as read once more. */
function countUses(nodes: readonly TfNode[], outputs: ReadonlySet<string>): ReadonlyMap<string, number> {
  const uses = new Map<string, number>([...outputs].map((name) => [name, 1]));
  for (const { inputs } of nodes) for (const { node } of inputs) uses.set(node, (uses.get(node) ?? 0) + 1);
  return uses;
}
