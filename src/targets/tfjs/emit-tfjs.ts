import type { ShapedGraph } from "../../ir/graph.ts";
import { writeSafetensors } from "../../formats/safetensors.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import type { EmittedFile } from "../emitted-file.ts";
import { emitModule } from "./emit-module.ts";
import { formatModule } from "./format.ts";
import type { Language } from "./language.ts";

/** How a network is written as a tf.js module. */
export interface TfjsOptions {
  readonly language: Language;
  /** Bound weights: they are written beside the module, which then exports `loadWeights`. */
  readonly weights: WeightStore | null;
  /** What the module imports tf.js from; a bundler or Node finds `@tensorflow/tfjs`. */
  readonly tfjsModule?: string;
}

/**
 * Writes a training graph as a tf.js module, `model.ts` or `model.js`. Its `createModel()` returns a trainable `LayersModel`.
 *
 * @param training the training graph.
 * @param options the language, the weights to write beside the module, and what the module imports tf.js from.
 * @returns the files, with paths relative to the folder that they are for.
 * @throws {@link WeightError} for weights that cannot be written.
 */
export async function emitTfjs(training: ShapedGraph, options: TfjsOptions): Promise<readonly EmittedFile[]> {
  const { language, weights, tfjsModule = "@tensorflow/tfjs" } = options;
  const source = emitModule(training, { language, tfjsModule, withLoadWeights: weights !== null });
  const files: EmittedFile[] = [{ path: `model.${language}`, contents: await formatModule(source) }];
  if (weights !== null) files.push({ path: "weights.safetensors", contents: writeSafetensors(weights) });
  return files;
}
