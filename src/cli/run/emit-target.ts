import type { CompiledNetwork } from "../../compile.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { EmittedFile } from "../../targets/emitted-file.ts";
import type { Quantization } from "../../targets/tfjs/models/quantize.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import type { PlanOptionValues } from "../options/plan-options.ts";
import { withTuning } from "../options/tuning-file.ts";

export interface Emission {
  readonly files: readonly EmittedFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The tf.js module, from the training graph. */
export async function emitTfjsFiles(
  network: CompiledNetwork,
  options: { readonly language: "ts" | "js"; readonly weights: WeightStore | null; readonly tfjsModule?: string },
): Promise<Emission> {
  const { emitTfjs } = await import("../../targets/tfjs/emit-tfjs.ts");
  return { files: await emitTfjs(network.training, options), diagnostics: [] };
}

/** The tf.js module that only predicts, from the inference graph. */
export async function emitTfjsInferFiles(
  network: CompiledNetwork,
  options: { readonly language: "ts" | "js"; readonly weights: WeightStore },
): Promise<Emission> {
  const { emitInfer } = await import("../../targets/tfjs/infer/emit-infer.ts");
  return { files: await emitInfer(network.inference, options.weights, options), diagnostics: [] };
}

/** Weights in hand, also what tf.js loads without the module: a layers model and a graph model. */
export async function emitTfjsModelFiles(
  network: CompiledNetwork,
  weights: WeightStore,
  quantization: Quantization | null,
): Promise<Emission> {
  const { emitTfjsModels } = await import("../../targets/tfjs/emit-models.ts");
  return { files: emitTfjsModels(network, weights, quantization), diagnostics: [] };
}

/** The stand-alone folder, from the inference graph, by the tuning record that the options name. */
export async function emitWebgpuProgram(
  network: CompiledNetwork,
  weights: WeightStore,
  options: PlanOptionValues,
): Promise<Emission> {
  const { emitWebgpu } = await import("../../targets/webgpu/emit.ts");
  return withTuning(options, (planOptions) => emitWebgpu(network.inference, weights, planOptions));
}
