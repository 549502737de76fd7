import type { ShapedGraph } from "../../ir/graph.ts";
import type { NetworkGraphs } from "../../ir/network-graphs.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import type { EmittedFile } from "../emitted-file.ts";
import { foldedForm, type FoldedForm } from "./models/folded-form.ts";
import { graphModelFiles } from "./models/graph-model.ts";
import { layersModelFiles } from "./models/layers-model.ts";
import type { Quantization } from "./models/quantization.ts";
import { quantizedWeights } from "./models/quantize.ts";

/**
 * Writes the models that tf.js loads without source: the training graph as `layers/model.json`, for
 * `tf.loadLayersModel`, and the inference graph as `graph/model.json`, for `tf.loadGraphModel`.
 *
 * @param quantization how kernels are stored, or null for float32
 * @throws `WeightError` if a tensor is missing or has another shape
 */
export function emitTfjsModels(
  network: NetworkGraphs,
  weights: WeightStore,
  quantization: Quantization | null = null,
): readonly EmittedFile[] {
  return [
    ...layersModelFiles(network.training, weights, quantization),
    ...graphModelFiles(foldedForm(network.inference, weights), quantization),
  ];
}

/**
 * Emits only the model for `tf.loadGraphModel`, with float32 kernels.
 *
 * @throws `WeightError` if a tensor is missing or has another shape
 */
export function emitGraphModel(inference: ShapedGraph, weights: WeightStore): readonly EmittedFile[] {
  return graphModelFiles(foldedForm(inference, weights));
}

/**
 * Returns the two quantized models as graphs for the interpreter. @throws `WeightError` as {@link emitTfjsModels} does
 */
export function quantizedForms(
  network: NetworkGraphs,
  weights: WeightStore,
  quantization: Quantization,
): { readonly layers: FoldedForm; readonly graph: FoldedForm } {
  const { training } = network;
  const folded = foldedForm(network.inference, weights);
  return {
    layers: { graph: training, weights: quantizedWeights(training, weights, quantization) },
    graph: { graph: folded.graph, weights: quantizedWeights(folded.graph, folded.weights, quantization) },
  };
}
