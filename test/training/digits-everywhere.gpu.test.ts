import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { expect, it } from "vitest";
import { readDigits } from "../../examples/train-digits/digits.ts";
import { classify, tensors } from "../../examples/train-digits/fit.ts";
import { compileDigits, importModel } from "../../examples/train-digits/model.ts";
import { requestNodeDevice } from "../../src/gpu/node-device.ts";
import { inferenceGraph } from "../../src/passes/pipeline.ts";
import { interpretOutputs } from "../../src/reference/interpret.ts";
import { emitTfjsModels } from "../../src/targets/tfjs/emit-models.ts";
import { loadEmitted } from "../support/gpu-load.ts";
import { emitChecked } from "../support/gpu-run.ts";
import { fromFiles } from "../targets/tfjs/models/saved-model.ts";
import { readDigitsWeights } from "./digits-weights.ts";

const graph = compileDigits();
const weights = readDigitsWeights();
// Ten of each class.
const sample = readDigits().heldOut.filter(({ index }) => index < 10);

function largest(values: ArrayLike<number> = []): number {
  const list = Array.from(values);
  return list.indexOf(Math.max(...list));
}

it("the same classes in tf.js, a graph model, WebGPU and float64", { timeout: 240_000 }, async () => {
  tf.enableProdMode();
  // Another test file of this process may have set it, and it slows every kernel.
  tf.env().set("IS_TEST", false);
  await tf.setBackend("wasm");
  const layers = await importModel(graph, weights);
  const inTfjs = classify(layers, sample);
  layers.dispose();

  const inference = inferenceGraph(graph, ({ message }) => {
    throw new Error(message);
  });
  const graphModel = await tf.loadGraphModel(
    fromFiles(emitTfjsModels({ training: graph, inference }, weights), "graph"),
  );
  const { xs, ys } = tensors(sample);
  const inGraphModel = Array.from((graphModel.predict(xs) as tf.Tensor).argMax(-1).dataSync());
  tf.dispose([xs, ys]);
  graphModel.dispose();

  const exact = sample.map(({ image }) => largest(interpretOutputs(graph, weights, image).get("output")));

  const { device, close } = await requestNodeDevice();
  const inWebgpu: number[] = [];
  try {
    const model = await loadEmitted(device, emitChecked(inference, weights));
    for (const { image } of sample) inWebgpu.push(largest((await model.run(image))["output"]));
    model.destroy();
  } finally {
    close();
  }

  expect(sample).toHaveLength(100);
  expect(inTfjs).toEqual(exact);
  expect(inGraphModel).toEqual(exact);
  expect(inWebgpu).toEqual(exact);
});
