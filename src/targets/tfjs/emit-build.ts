import type { WeightStore } from "../../formats/tensor.ts";
import type { NetworkGraphs } from "../../ir/network-graphs.ts";
import { reportFoldedNorms } from "../../weights/folded-norms.ts";
import type { Emission } from "../target.ts";
import { emitTfjsModels } from "./emit-models.ts";
import { emitTfjs } from "./emit-tfjs.ts";
import { emitInfer } from "./infer/emit-infer.ts";
import type { Language } from "./language.ts";
import type { Quantization } from "./models/quantization.ts";

export interface TfjsBuildOptions {
  readonly language: Language;
  /** True if the module only runs inference, on folded weights. */
  readonly predicts: boolean;
  /** How the models store their kernels; null for float32. */
  readonly quantization: Quantization | null;
}

/**
 * Writes the whole build for tf.js: the module and, if there are weights, a layers model and a graph model. Warns
 * about weights of a training module that cannot be trained.
 *
 * @throws `WeightError` if a tensor is missing or has another shape
 */
export async function emitTfjsBuild(
  network: NetworkGraphs,
  weights: WeightStore | null,
  { language, predicts, quantization }: TfjsBuildOptions,
): Promise<Emission> {
  const { training, inference } = network;
  const module = predicts
    ? await emitInfer(inference, weights ?? new Map(), { language })
    : await emitTfjs(training, { language, weights });
  if (weights === null) return { files: module, diagnostics: [] };
  return {
    files: [...module, ...emitTfjsModels(network, weights, quantization)],
    diagnostics: predicts ? [] : reportFoldedNorms(training, weights),
  };
}
