import type { NodeId } from "../../ir/graph.ts";
import type { ProgramOptions } from "../options/program-options.ts";

/** Values of a program by output name, row-major. */
export type Outputs = ReadonlyMap<string, ArrayLike<number>>;

/** A value that a target computed. */
export interface LayerValue {
  readonly node: NodeId;
  /** The target's own name for it, a path of the spec. */
  readonly path: string;
  /** What was computed in the same step: layers fused into one have one value. */
  readonly covers: readonly string[];
  readonly values: ArrayLike<number>;
}

export type SeeLayer = (layer: LayerValue) => void;

export const targets = ["webgpu", "tfjs", "interp"] as const;
export type TargetName = (typeof targets)[number];

export interface RunnerOptions extends ProgramOptions {
  /** Where the adapter lacks `shader-f16`: whether kernels may run with halves read as float32 instead. */
  readonly widen?: boolean;
}

/** One way to run a compiled network with its weights. */
export interface Runner {
  readonly target: TargetName;
  /** For people: `tf.js (wasm)`, `WebGPU (SwiftShader Device)`. */
  readonly title: string;
  /** The nodes whose values it stores in 16 bits; null for float32 and wider, where weights are so, too. */
  readonly halves: ReadonlySet<NodeId> | null;
  /** A sentence on what a run here leaves unsaid of the target; null where nothing is. */
  readonly caveat: string | null;
  readonly run: (input: Float32Array) => Promise<Outputs>;
  /** Runs once and shows every value that the target really computes, in execution order. */
  readonly runLayers: (input: Float32Array, see: SeeLayer) => Promise<void>;
  readonly close: () => Promise<void> | void;
}
