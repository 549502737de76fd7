import type { WeightTensor } from "../../formats/tensor.ts";
import type { Affine } from "./affine.ts";

/** A piece of a value's channels: the value it is cut from, and where it begins, as a channel or as a number of pieces. */
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
  /** Name of the constant that gives the bias; null where nothing is added. */
  readonly bias: string | null;
  /** The piece that the layer reads; null where it reads a whole value. */
  readonly piece: Piece | null;
}

/** A scale and a shift that no linear op before them can take in. */
export interface TfNorm {
  readonly op: "norm";
  readonly name: string;
  readonly channels: number;
  readonly affine: Affine;
  readonly bias: string | null;
  /** Gamma, beta, mean and variance of a batch norm; null where the graph has a plain scale and shift. */
  readonly tensors: readonly WeightTensor[] | null;
  readonly epsilon: number | null;
}

export type TfLayer = TfLinear | TfNorm;
