import type { ShapedGraph } from "../../ir/graph.ts";
import type { WeightStore } from "../../weights/tensor.ts";
import type { EmittedFile } from "../emitted-file.ts";
import { foldedForm } from "./models/folded-form.ts";
import { graphModelFiles } from "./models/graph-model.ts";
import { layersModelFiles } from "./models/layers-model.ts";

/**
 * The network with its weights as tf.js loads it without any source: `layers/model.json`, the training graph for
 * `tf.loadLayersModel`, and `graph/model.json`, the inference graph for `tf.loadGraphModel`. Throws `WeightError` where a
 * tensor is missing or has another shape.
 */
export function emitTfjsModels(
  network: { readonly training: ShapedGraph; readonly inference: ShapedGraph },
  weights: WeightStore,
): readonly EmittedFile[] {
  return [...layersModelFiles(network.training, weights), ...graphModelFiles(foldedForm(network.inference, weights))];
}
