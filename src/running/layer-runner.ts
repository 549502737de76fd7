import type { NodeId } from "../ir/graph.ts";
import type { Runner } from "./runner.ts";

/** A value that a program computed. */
export interface LayerValue {
  readonly node: NodeId;
  /** The path of the layer that the program names it by. */
  readonly path: string;
  /** Paths of all layers that were computed in the same step. Layers that are fused have one value. */
  readonly covers: readonly string[];
  readonly values: ArrayLike<number>;
}

/** A runner that also shows the values within a network. */
export interface LayerRunner extends Runner {
  /** Nodes whose values are stored in 16 bits. Null for float32 and wider, where the weights are float32 or wider as well. */
  readonly halves: ReadonlySet<NodeId> | null;
  /** What a run here does not show of the target, in a sentence; null where it shows all. */
  readonly caveat: string | null;
  /** Runs once, and shows every value that the program really computes, in execution order. */
  readonly runLayers: (image: Float32Array, see: (layer: LayerValue) => void) => Promise<void>;
}
