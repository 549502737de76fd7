import type { WeightSlot } from "../../ir/op-definition.ts";
import type { WeightTensor } from "../../formats/tensor.ts";
import { attempt } from "../../formats/refusal.ts";
import type { WeightFileProblem } from "../../formats/weight-file-problem.ts";
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
  /** Told apart only where the format does: PyTorch stores a depthwise kernel as a grouped conv's. */
  readonly depthwise: boolean;
  readonly tensors: ReadonlyMap<Slot, WeightTensor>;
  /** A norm's, where the checkpoint says it. */
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
  /** Whether these layers, of which each feeds the next in the network, stand here in the order they run. */
  readonly ordered: (layers: readonly CheckpointLayer[]) => boolean;
  /** Tensors that are no layer's. */
  readonly others: readonly WeightTensor[];
  /** What only a graph says, whose batch norms are folded; its layers are those of the network's inference graph. */
  readonly folded?: FoldedGraph;
}

export interface FoldedGraph {
  /** What the graph does to its input before its first layer. */
  readonly scaling: Affine | null;
  /** Names of norms that are a scale and a shift alone: nothing is added to their variances, which are 1. */
  readonly unitNorms: ReadonlySet<string>;
}

export type CheckpointResult =
  { readonly ok: true; readonly checkpoint: Checkpoint } | { readonly ok: false; readonly problem: WeightFileProblem };

/** Runs a reader; gives the problem that it refused the file for where it did. */
export function orRefusal(read: () => Checkpoint): CheckpointResult {
  const result = attempt(read);
  return result.ok ? { ok: true, checkpoint: result.value } : result;
}
