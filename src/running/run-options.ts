import type { CompiledNetwork } from "../compile.ts";
import type { Outcome } from "../diagnostics/diagnostic.ts";
import type { WeightStore } from "../formats/tensor.ts";
import type { TargetOptions } from "../targets/index.ts";
import type { LayerRunner } from "./layer-runner.ts";

/** The options of a WebGPU program that change what a run computes. */
export interface RunOptions extends Pick<TargetOptions<"webgpu">, "device" | "precision" | "tuning"> {
  /** True to run with float32 in place of halves if the adapter lacks `shader-f16`. */
  readonly widen?: boolean;
}

/**
 * Returns a runner for a network, or null with findings if the target refuses the network.
 *
 * @throws UnavailableError if this machine lacks a package, an adapter or a feature
 * @throws TuningError if the tuning record was made for another network or device class
 */
export type OpenRunner = (
  network: CompiledNetwork,
  weights: WeightStore,
  options: RunOptions,
) => Promise<Outcome<LayerRunner>>;
