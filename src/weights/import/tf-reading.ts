import { formatShape } from "../../ir/shape.ts";
import { refuseTensor } from "../../formats/refusal.ts";
import type { WeightTensor } from "../../formats/tensor.ts";
import type { TfInput, TfNode } from "../../formats/tf-graph.ts";
import type { ManifestTensor } from "../../formats/tfjs-manifest.ts";
import { quote } from "../../formats/file-problem.ts";
import { affineOf, chain, identity, perChannel, type Affine } from "./affine.ts";
import type { Piece, TfLayer } from "./tf-layer.ts";

/** The known facts about a node's value during the reading of a graph. */
export interface TfValue {
  /** Indices of the layers that feed this value with no other layer between. */
  readonly sources: readonly number[];
  /** The layer that gives this value, by index; null for any other op. */
  readonly layer: number | null;
  /** True if the next op can still be folded into that layer. */
  readonly open: boolean;
  /** The scale and shift of the model's input so far; null if the value is no longer the input. */
  readonly input: Affine | null;
  readonly constant: ManifestTensor | null;
  readonly piece: Piece | null;
}

export const nothing: TfValue = {
  sources: [],
  layer: null,
  open: false,
  input: null,
  constant: null,
  piece: null,
};

/** The state of reading one graph, node by node. */
export interface TfReading {
  readonly layers: TfLayer[];
  /** For each layer, the layers that feed it. */
  readonly sources: (readonly number[])[];
  /** The value of each node that was read, by the node's name. */
  readonly values: Map<string, TfValue>;
  /** Names of the constants that a layer took. */
  readonly spent: Set<string>;
  /** Layers that became part of another layer. */
  readonly dropped: Set<number>;
  /** How often each node is read. */
  readonly uses: ReadonlyMap<string, number>;
  /** The scale and shift of the input before the first layer. */
  scaling: Affine;
}

/** Starts reading a graph in which each node is read as often as `uses` says. */
export function startReading(uses: ReadonlyMap<string, number>): TfReading {
  return {
    layers: [],
    sources: [],
    values: new Map(),
    spent: new Set(),
    dropped: new Set(),
    uses,
    scaling: identity,
  };
}

/** Returns the value that an input reads. No further op is folded into a value with a second reader. */
export function valueOf({ values, uses }: TfReading, { node, output }: TfInput): TfValue {
  const value = values.get(node) ?? nothing;
  const alone = uses.get(node) === 1;
  const piece = value.piece === null ? null : { ...value.piece, from: value.piece.from + output };
  return { ...value, open: value.open && alone, piece };
}

/** Returns the constant that a node reads at a position, or null if that input is not a constant. */
export function constantAt(reading: TfReading, node: TfNode, position: number): ManifestTensor | null {
  const input = node.inputs[position];
  return input === undefined ? null : valueOf(reading, input).constant;
}

/** Adds a layer that reads `from`, and returns its value. `open` says whether the layer can take in the next op. */
export function addLayer(reading: TfReading, layer: TfLayer, from: TfValue, open: boolean): TfValue {
  reading.layers.push(layer);
  reading.sources.push(from.sources);
  reading.scaling = from.input ?? reading.scaling;
  const index = reading.layers.length - 1;
  return { ...nothing, sources: [index], layer: index, open };
}

/**
 * Returns the scale or shift that a sum or product with a constant gives a layer, and marks the constant as used.
 * Throws if the constant does not have one number per channel.
 */
export function takeIn(
  { spent }: TfReading,
  layer: TfLayer,
  op: string,
  constant: WeightTensor,
): Pick<TfLayer, "affine" | "bias"> {
  const numbers = perChannel(constant);
  if (numbers?.length !== layer.channels) {
    const expected = `${layer.channels} numbers, one for each channel of ${quote(layer.name)}`;
    refuseTensor("weights/file-header", constant.name, expected, `shape [${formatShape(constant.shape)}]`);
  }
  spent.add(constant.name);
  const adds = op !== "Mul" && op !== "RealDiv";
  return { affine: chain(layer.affine, affineOf(op, numbers)), bias: adds ? constant.name : layer.bias };
}
