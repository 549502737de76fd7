import type { WeightSlot } from "../../ir/op-definition.ts";
import type { WeightTensor } from "../../formats/tensor.ts";
import type { Affine } from "./affine.ts";

export type Slot = WeightSlot["name"];

/**
 * How a checkpoint stores kernels. `torch`: OIHW, depthwise `[c * multiplier, 1, kh, kw]`, linear `[units, inputs]`, maps
 * flattened channel first. `keras`: as mnet does, and depthwise kernels go by another name. `mnet`: as mnet does.
 */
export type KernelLayout = "torch" | "keras" | "mnet";

/** The tensors of one layer of a checkpoint, each under the name of the weight that it corresponds to. */
export interface CheckpointLayer {
  /** `layer1.0.conv1`, `Conv1`. */
  readonly name: string;
  /** Whether the kernel is depthwise, if the format says so: PyTorch stores a depthwise kernel like that of a grouped conv. */
  readonly depthwise: boolean;
  readonly tensors: ReadonlyMap<Slot, WeightTensor>;
  /** The epsilon of a norm, if the checkpoint contains it. */
  readonly epsilon: number | null;
  /** True if the name marks a projection on a residual shortcut. Only names of PyTorch do this. */
  readonly side: boolean;
}

export interface Checkpoint {
  /** The format in words, such as `PyTorch safetensors`. */
  readonly format: string;
  readonly layout: KernelLayout;
  readonly layers: readonly CheckpointLayer[];
  /**
   * For each layer, the indices of the layers that feed it with no other layer between. Null if the file does not
   * contain this.
   */
  readonly sources: readonly (readonly number[])[] | null;
  /**
   * Tells whether these layers are in execution order in the checkpoint. In the network, each of them feeds the next.
   */
  readonly ordered: (layers: readonly CheckpointLayer[]) => boolean;
  /** The index of the norm that names pair with a layer, if the format's names do. */
  readonly normOf?: (layer: number) => number | null;
  /** Tensors that belong to no layer. */
  readonly others: readonly WeightTensor[];
  /** Set for a graph with folded batch norms; its layers are those of the network's inference graph. */
  readonly folded?: FoldedGraph;
}

export interface FoldedGraph {
  /** What the graph does to its input before its first layer. */
  readonly scaling: Affine | null;
  /** Names of norms that are only a scale and a shift. Their variances are 1, with an epsilon of 0. */
  readonly unitNorms: ReadonlySet<string>;
}
