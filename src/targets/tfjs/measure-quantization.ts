import type { WeightStore } from "../../formats/tensor.ts";
import type { NetworkGraphs } from "../../ir/network-graphs.ts";
import { compareTensors } from "../../reference/compare.ts";
import { interpretOutputs } from "../../reference/interpret.ts";
import type { Measurement } from "../target.ts";
import { quantizedForms } from "./emit-models.ts";
import type { Quantization } from "./models/quantization.ts";

/**
 * Runs both quantized models and the original network in the float64 interpreter on one image. Returns, for each
 * model, the largest absolute difference of an output divided by the largest absolute value of that output.
 */
export function measureQuantization(
  network: NetworkGraphs,
  weights: WeightStore,
  quantization: Quantization,
  image: Float32Array,
): Measurement {
  const expected = interpretOutputs(network.training, weights, image);
  const forms = quantizedForms(network, weights, quantization);
  const lossOf = ({ graph, weights: rounded }: (typeof forms)["layers"]): number => {
    const outputs = interpretOutputs(graph, rounded, image);
    const losses = [...expected].map(
      ([name, values]) => compareTensors(values, outputs.get(name) ?? [], { relative: 0 }).relativeError,
    );
    return Math.max(...losses);
  };
  const layers = lossOf(forms.layers);
  const graph = lossOf(forms.graph);
  const percent = (loss: number) => `${(loss * 100).toPrecision(2)} %`;
  return {
    name: "quantizationLoss",
    figures: { layers, graph },
    sentence: `${quantization} kernels change the output by ${percent(layers)} of its largest value in the layers model and ${percent(graph)} in the graph model, on one random image`,
  };
}
