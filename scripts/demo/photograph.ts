import * as tf from "@tensorflow/tfjs";
import { readImage } from "../../src/cli/run/read-input.ts";
import { areProbabilities, type TopClass, topClasses } from "../../src/reference/top-classes.ts";
import type { NodeDevice } from "../../src/gpu/node-device.ts";
import { compareTensors } from "../../src/reference/compare.ts";
import { initializeWeights } from "../../src/weights/initialize.ts";
import { build, compileSpec, loadTfjs, loadWebgpu } from "./built.ts";
import { step } from "./step.ts";

const specFile = "specs/mobilenet_v2.mnet";
const photo = "examples/photos/chelsea.jpg";

/** Runs MobileNetV2 with random weights on a photograph, and compares the results of both targets. */
export async function demoPhotograph(gpu: NodeDevice | null, out: string): Promise<void> {
  const network = await step(`Compile ${specFile}`, () => compileSpec(specFile));
  const { training } = network;
  const weights = await step("Draw weights from the spec's initialisers, seed 0", () => initializeWeights(training, 0));
  const built = await build(network, weights, out);
  const image = await step(`Decode and resize ${photo}`, () => readImage(photo, training, "cover"));
  const byTfjs = await step("Run tf.js (wasm)", async () => {
    const output = (await loadTfjs(built)).predict(tf.tensor(image, [1, ...training.input.shape])) as tf.Tensor;
    return output.data<"float32">();
  });
  if (gpu === null) {
    printTop("tf.js, top five:", byTfjs, training.labels);
    return;
  }
  const model = await step("Load the WebGPU program", () => loadWebgpu(built, gpu.device));
  const { output = new Float32Array() } = await step("Run WebGPU", () => model.run(image));
  model.destroy();

  printTop("tf.js, top five:", byTfjs, training.labels);
  printTop("WebGPU, top five:", output, training.labels);
  const { agrees, maxError, relativeError, reason } = compareTensors(byTfjs, output, { relative: 1e-4 });
  console.log(
    `\nLargest difference over ${output.length} classes: ${maxError.toExponential(2)}, ${relativeError.toExponential(2)} of the largest value.`,
  );
  if (!agrees) throw new Error(`The results of the two targets differ: ${reason ?? ""}`);
  console.log(
    "The weights are random, so the classes mean nothing. The demo shows that both targets give the same result.\n",
  );
}

function printTop(title: string, values: Float32Array, labels: readonly string[] | null): void {
  console.log(`\n${title}`);
  const percent = areProbabilities(values);
  const line = ({ index, label, value }: TopClass) =>
    `  ${percent ? `${(value * 100).toFixed(4)} %` : value.toPrecision(6)}  class ${index}${label === null ? "" : `  ${label}`}`;
  for (const top of topClasses(values, labels)) console.log(line(top));
}
