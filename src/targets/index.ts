import type { NetworkGraphs } from "../ir/network-graphs.ts";
import type { WeightStore } from "../formats/tensor.ts";
import { onnxTarget } from "./onnx/target.ts";
import type { Emission, Target } from "./target.ts";
import type { OptionValues } from "./target-option.ts";
import { tfjsTarget } from "./tfjs/target.ts";
import { webgpuTarget } from "./webgpu/target.ts";

/** All targets by name, in the order of the documents. A target loads its emitter when it is first called. */
export const targets = {
  tfjs: tfjsTarget,
  webgpu: webgpuTarget,
  onnx: onnxTarget,
} as const satisfies Readonly<Record<string, Target>>;

export type TargetName = keyof typeof targets;

/** Values of the options that a target takes. */
export type TargetOptions<N extends TargetName> = OptionValues<(typeof targets)[N]["options"]>;

export const targetNames = Object.keys(targets) as readonly TargetName[];

/** Returns the target of a name, with its options untyped, or null if no target has this name. */
export function targetOf(name: string): Target | null {
  return targetNames.some((known) => known === name) ? targets[name as TargetName] : null;
}

/**
 * Compiles a network to a target.
 *
 * @param weights null for a build without weights @returns the files, in the order in which they are written, and the
 * diagnostics. There are no files if a diagnostic is an error.
 */
export function emitTarget<N extends TargetName>(
  name: N,
  network: NetworkGraphs,
  weights: WeightStore | null,
  options: TargetOptions<N>,
): Promise<Emission> {
  const target: Target = targets[name];
  return target.emit(network, weights, options);
}
