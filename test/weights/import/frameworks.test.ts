import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import type { CompiledNetwork } from "../../../src/compile.ts";
import { compareTensors } from "../../../src/reference/compare.ts";
import { foldedForm } from "../../../src/targets/tfjs/models/folded-form.ts";
import { graphModelFiles } from "../../../src/targets/tfjs/models/graph-model.ts";
import { layersModelFiles } from "../../../src/targets/tfjs/models/layers-model.ts";
import type { WeightStore } from "../../../src/formats/tensor.ts";
import { importEmitted, useCpu } from "../../targets/tfjs/emitted-model.ts";
import { importInfer } from "../../targets/tfjs/infer/import-infer.ts";
import { fromFiles } from "../../targets/tfjs/models/saved-model.ts";
import { image, outputFault } from "./fixtures.ts";
import { frameworkNetworks, importNetwork } from "./framework-networks.ts";

beforeAll(useCpu);

type Predict = (batch: tf.Tensor) => unknown;

/** Each form of tf.js that a build has, loaded. */
const forms: Readonly<Record<string, (network: CompiledNetwork, weights: WeightStore) => Promise<Predict>>> = {
  async "createModel()"({ training }, weights) {
    const { module, bytes } = await importEmitted(training, weights);
    const model = module.createModel();
    module.loadWeights(model, bytes);
    return (batch) => model.predict(batch);
  },
  async "layers/model.json"({ training }, weights) {
    const model = await tf.loadLayersModel(fromFiles(layersModelFiles(training, weights), "layers"));
    return (batch) => model.predict(batch);
  },
  async "graph/model.json"({ inference }, weights) {
    const model = await tf.loadGraphModel(fromFiles(graphModelFiles(foldedForm(inference, weights)), "graph"));
    return (batch) => model.predict(batch);
  },
  async "--mode infer"({ inference }, weights) {
    const { module, bytes } = await importInfer(inference, weights);
    const model = module.loadModel(bytes);
    return (batch) => model.predict(batch);
  },
};

describe("what a framework computed is computed by the interpreter and by each form of tf.js", () => {
  it.each(frameworkNetworks.map((network) => [network.file, network] as const))("%s", async (_file, network) => {
    const { compiled, weights, wanted } = await importNetwork(network);
    expect(outputFault(compiled, weights, wanted)).toBeNull();
    const [size = 0, , channels = 0] = compiled.training.input.shape;
    const batch = tf.tensor(Float32Array.from(image(size, channels)), [1, size, size, channels]);
    for (const [form, load] of Object.entries(forms)) {
      const output = (await load(compiled, weights))(batch) as tf.Tensor;
      const { reason } = compareTensors(wanted, output.dataSync(), { relative: 1e-4 });
      expect(reason, form).toBeNull();
    }
  });
});

it("sees two numbers of one kernel in each other's place", async () => {
  const flattened = frameworkNetworks.find(({ name }) => name === "torch-flattened") ?? expect.fail("no such network");
  const { compiled, weights, wanted } = await importNetwork(flattened);
  const kernel = weights.get("dense1/kernel")!;
  const data = kernel.data.slice();
  [data[0], data[10]] = [data[10]!, data[0]!];
  expect(outputFault(compiled, new Map([...weights, [kernel.name, { ...kernel, data }]]), wanted)).toMatch(/^Element/);
});
