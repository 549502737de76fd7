import type { WeightSlot } from "../../ir/op-definition.ts";
import type { WeightTensor } from "../../formats/tensor.ts";
import type { Affine } from "./affine.ts";

export type Slot = WeightSlot["name"];

/**
 * How a checkpoint stores kernels. `torch`: OIHW, depthwise `[c * multiplier, 1, kh, kw]`, linear `[units, inputs]`, maps
 * flattened channel first. `keras`: as mnet does, and depthwise kernels go by another name. `mnet`: as mnet does.
 */
export type KernelLayout = "torch" | "keras" | "mnet";

/** The tensors of one layer of a checkpoint, each under the slot it would fill. */
export interface CheckpointLayer {
  /** `layer1.0.conv1`, `Conv1`. */
  readonly name: string;
  /** Whether the kernel is depthwise, if the format says so: PyTorch stores a depthwise kernel like that of a grouped conv. */
  readonly depthwise: boolean;
  readonly tensors: ReadonlyMap<Slot, WeightTensor>;
  /** The epsilon of a norm, if the checkpoint says it. */
  readonly epsilon: number | null;
  /** A projection beside the main path, by its name; only PyTorch's names say so. */
  readonly side: boolean;
}

export interface Checkpoint {
  /** In words, `PyTorch safetensors`. */
  readonly format: string;
  readonly layout: KernelLayout;
  readonly layers: readonly CheckpointLayer[];
  /**
   * For each layer, the layers whose values reach it without another between, by index; null where the file does not tell.
   */
  readonly sources: readonly (readonly number[])[] | null;
  /** Whether these layers, each of which feeds the next in the network, stand here in the order in which they run. */
  readonly ordered: (layers: readonly CheckpointLayer[]) => boolean;
  /** Tensors that belong to no layer. */
  readonly others: readonly WeightTensor[];
  /** Set for a graph with folded batch norms; its layers are those of the network's inference graph. */
  readonly folded?: FoldedGraph;
}

export interface FoldedGraph {
  /** What the graph does to its input before its first layer. */
  readonly scaling: Affine | null;
  /** Names of norms that are a scale and a shift alone: nothing is added to their variances, which are 1. */
  readonly unitNorms: ReadonlySet<string>;
}
