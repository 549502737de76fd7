import type { CompiledNetwork } from "../../compile.ts";
import { compareTensors } from "../../reference/compare.ts";
import { interpretOutputs } from "../../reference/interpret.ts";
import { quantizedForms } from "../../targets/tfjs/emit-models.ts";
import type { Quantization } from "../../targets/tfjs/models/quantize.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import { randomInput } from "../options/network-input.ts";

/** Seed of the image that the loss is measured on. */
const SEED = 0;

/** The largest difference of an output that quantized kernels make, over that output's largest value, by model. */
export interface QuantizationLoss {
  readonly layers: number;
  readonly graph: number;
}

/** Runs both quantized models and the network as it is through the float64 interpreter, on one random image. */
export function quantizationLoss(
  network: CompiledNetwork,
  weights: WeightStore,
  quantization: Quantization,
): QuantizationLoss {
  const image = randomInput(network.training, SEED);
  const expected = interpretOutputs(network.training, weights, image);
  const forms = quantizedForms(network, weights, quantization);
  const lossOf = ({ graph, weights: rounded }: (typeof forms)["layers"]): number => {
    const outputs = interpretOutputs(graph, rounded, image);
    const losses = [...expected].map(
      ([name, values]) => compareTensors(values, outputs.get(name) ?? [], { relative: 0 }).relativeError,
    );
    return Math.max(...losses);
  };
  return { layers: lossOf(forms.layers), graph: lossOf(forms.graph) };
}
