import type { WeightTensor } from "../../formats/tensor.ts";
import type { Affine } from "./affine.ts";

/**
 * A slice of a value's channels: the sliced value, and the start of the slice as a channel or as an index among equal
 * slices.
 */
export interface Piece {
  readonly parent: string;
  readonly from: number;
}

/** A conv, depthwise or dense op of a graph with its constants, and everything that scales and shifts its output. */
export interface TfLinear {
  readonly op: "conv" | "conv_transpose" | "depthwise" | "dense";
  readonly name: string;
  /** As the graph stores it; the kernel of a dense layer is always IO, and that of a transposed conv HWIO, as mnet has it. */
  readonly kernel: WeightTensor;
  /** Channels of the output. */
  readonly channels: number;
  readonly groups: number;
  readonly affine: Affine;
  /** Name of the constant that is the bias; null if there is no bias. */
  readonly bias: string | null;
  /** The piece that the layer reads; null where it reads a whole value. */
  readonly piece: Piece | null;
}

/** A scale and a shift that cannot be folded into a linear op before them. */
export interface TfNorm {
  readonly op: "norm";
  readonly name: string;
  readonly channels: number;
  readonly affine: Affine;
  readonly bias: string | null;
  /** Gamma, beta, mean and variance of a batch norm; null if the graph has only a scale and a shift. */
  readonly tensors: readonly WeightTensor[] | null;
  readonly epsilon: number | null;
}

export type TfLayer = TfLinear | TfNorm;
