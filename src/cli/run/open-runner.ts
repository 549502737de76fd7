import type { CompiledNetwork } from "../../compile.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import { interpreterRunner } from "./interpreter-runner.ts";
import type { Runner, RunnerOptions, TargetName } from "./runner.ts";
import { tfjsRunner } from "./tfjs-runner.ts";
import { webgpuRunner } from "./webgpu-runner.ts";

type Opener = (network: CompiledNetwork, weights: WeightStore, options: RunnerOptions) => Promise<Runner>;

const openers: Readonly<Record<TargetName, Opener>> = {
  interp: interpreterRunner,
  tfjs: tfjsRunner,
  webgpu: webgpuRunner,
};

/** Makes a network ready to run on a target; close it when done. */
export function openRunner(
  target: TargetName,
  network: CompiledNetwork,
  weights: WeightStore,
  options: RunnerOptions,
): Promise<Runner> {
  return openers[target](network, weights, options);
}
