import type { NodeId } from "../ir/graph.ts";
import type { Runner } from "./runner.ts";

/** A value that a program computed. */
export interface LayerValue {
  readonly node: NodeId;
  /** The path of the layer after which the program names the value. */
  readonly path: string;
  /** The paths of all layers that the same step computed. Fused layers have one value. */
  readonly covers: readonly string[];
  readonly values: ArrayLike<number>;
}

/** A runner that can also return the values inside a network. */
export interface LayerRunner extends Runner {
  /** Nodes whose values are stored in 16 bits. Null for float32 and wider, where the weights are float32 or wider as well. */
  readonly halves: ReadonlySet<NodeId> | null;
  /** A sentence that says what a run on this machine does not test of the target, or null if it tests everything. */
  readonly caveat: string | null;
  /**
   * Runs once, and returns every value that the program computes, in execution order. A value inside a fused step is
   * not among them.
   */
  readonly runLayers: (image: Float32Array, see: (layer: LayerValue) => void) => Promise<void>;
}
