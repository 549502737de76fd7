import type { CompiledNetwork } from "../compile.ts";
import type { Outcome } from "../diagnostics/diagnostic.ts";
import type { WeightStore } from "../formats/tensor.ts";
import type { TargetOptions } from "../targets/index.ts";
import type { LayerRunner } from "./layer-runner.ts";

/** Options of a WebGPU program that change what a run computes. */
export interface RunOptions extends Pick<TargetOptions<"webgpu">, "device" | "precision" | "tuning"> {
  /** True to run with halves read as float32 where the adapter lacks `shader-f16`. */
  readonly widen?: boolean;
}

/**
 * Makes a network ready to run. There is no runner where the target refuses the network.
 *
 * @throws UnavailableError where this machine lacks a package, an adapter or a feature
 * @throws TuningError where the tuning record was made for something else
 */
export type OpenRunner = (
  network: CompiledNetwork,
  weights: WeightStore,
  options: RunOptions,
) => Promise<Outcome<LayerRunner>>;
