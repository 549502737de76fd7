import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { readImage } from "../src/cli/network-input.ts";
import { writeOutputDirectory } from "../src/cli/output-directory.ts";
import { areProbabilities, type TopClass, topClasses } from "../src/cli/top-classes.ts";
import { compile, type CompiledNetwork } from "../src/compile.ts";
import { renderTerminal } from "../src/diagnostics/render-terminal.ts";
import { tryNodeDevice } from "../src/gpu/node-device.ts";
import { restartWithAdapter } from "../src/gpu/restart-with-adapter.ts";
import { compareTensors } from "../src/reference/compare.ts";
import type { EmittedFile } from "../src/targets/emitted-file.ts";
import { emitTfjs } from "../src/targets/tfjs/emit-tfjs.ts";
import { emitWebgpu } from "../src/targets/webgpu/emit.ts";
import type { loadModel } from "../src/targets/webgpu/runtime/model.js";
import { createSource } from "../src/text/source.ts";
import { version } from "../src/version.ts";
import { initializeWeights } from "../src/weights/initialize.ts";

/** `npm run demo`: MobileNetV2 from its spec to tf.js and WebGPU, both on one photograph, and how far they agree. */
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const specFile = "specs/mobilenet_v2.mnet";
const photo = "examples/photos/chelsea.jpg";
const out = "build/demo";

interface TfjsModule {
  readonly createModel: () => tf.LayersModel;
  readonly loadWeights: (model: tf.LayersModel, bytes: ArrayBuffer) => void;
}

let stepNumber = 0;

/** Says what is being done, does it, and says how long it took. */
async function step<T>(text: string, work: () => T | Promise<T>): Promise<T> {
  stepNumber += 1;
  process.stdout.write(`${stepNumber}. ${text} ... `);
  const start = performance.now();
  const result = await work();
  process.stdout.write(`${((performance.now() - start) / 1000).toFixed(1)} s\n`);
  return result;
}

function compileSpec(): CompiledNetwork {
  const entry = createSource(specFile, readFileSync(specFile, "utf8"));
  const { value, diagnostics, sources } = compile(entry, {
    network: null,
    set: new Map(),
    read: (path) => readFileSync(path, "utf8"),
  });
  process.stderr.write(renderTerminal(diagnostics, sources, { color: false }));
  if (value === null) throw new Error(`${specFile} does not compile`);
  return value;
}

function write(network: CompiledNetwork, target: string, files: readonly EmittedFile[]): string {
  const { name, params } = network.training;
  writeOutputDirectory(`${out}/${target}`, files, { generator: `mnet ${version}`, network: name, target, params });
  return `${out}/${target}`;
}

function importFrom(path: string): Promise<unknown> {
  return import(pathToFileURL(join(root, path)).href);
}

async function runTfjs(folder: string, shape: readonly number[], image: Float32Array): Promise<Float32Array> {
  tf.enableProdMode();
  await tf.setBackend("wasm");
  const { createModel, loadWeights } = (await importFrom(`${folder}/model.js`)) as TfjsModule;
  const model = createModel();
  loadWeights(model, Uint8Array.from(readFileSync(`${folder}/weights.safetensors`)).buffer);
  const output = model.predict(tf.tensor(image, [1, ...shape])) as tf.Tensor;
  return output.data<"float32">();
}

function printTop(title: string, values: Float32Array, labels: readonly string[] | null): void {
  console.log(`\n${title}`);
  const percent = areProbabilities(values);
  const line = ({ index, label, value }: TopClass) =>
    `  ${percent ? `${(value * 100).toFixed(4)} %` : value.toPrecision(6)}  class ${index}${label === null ? "" : `  ${label}`}`;
  for (const top of topClasses(values, labels)) console.log(line(top));
}

async function demo(): Promise<void> {
  console.log(`MobileNetV2, from ${specFile} to tf.js and WebGPU\n`);
  const network = await step(`Compile ${specFile}`, compileSpec);
  const { training, inference } = network;
  const weights = await step("Draw weights from the spec's initialisers, seed 0", () => initializeWeights(training, 0));
  const tfjsFolder = await step(`Build the tf.js module into ${out}/tfjs`, async () =>
    write(network, "tfjs", await emitTfjs(training, { language: "js", weights })),
  );
  const webgpuFolder = await step(`Build the WebGPU program into ${out}/webgpu`, () =>
    write(network, "webgpu", emitWebgpu(inference, weights).files),
  );
  const image = await step(`Decode and resize ${photo}`, () => readImage(photo, training, "cover"));
  const byTfjs = await step("Run tf.js (wasm)", () => runTfjs(tfjsFolder, training.input.shape, image));

  const gpu = await tryNodeDevice();
  if (gpu === null) {
    printTop("tf.js, top five:", byTfjs, training.labels);
    console.log("\nThere is no WebGPU adapter on this machine, so the WebGPU program was built and not run.");
    return;
  }
  const runtime = (await importFrom(`${webgpuFolder}/model.js`)) as { readonly loadModel: typeof loadModel };
  const model = await step(
    `Load the WebGPU program on ${gpu.name}${gpu.isSoftware ? " (a CPU plays the GPU)" : ""}`,
    () => runtime.loadModel(gpu.device),
  );
  const { output = new Float32Array() } = await step("Run WebGPU", () => model.run(image));
  model.destroy();
  gpu.close();

  printTop("tf.js, top five:", byTfjs, training.labels);
  printTop("WebGPU, top five:", output, training.labels);
  const { agrees, maxError, relativeError, reason } = compareTensors(byTfjs, output, { relative: 1e-4 });
  console.log(
    `\nLargest difference over ${output.length} classes: ${maxError.toExponential(2)}, ${relativeError.toExponential(2)} of the largest value.`,
  );
  if (!agrees) throw new Error(`The two disagree: ${reason ?? ""}`);
  console.log("The weights are random, so the classes mean nothing: what counts is that both say the same.");
}

process.chdir(root);
const status = await restartWithAdapter();
if (status === null) {
  try {
    await demo();
    process.exitCode = 0;
  } catch (cause) {
    console.error(`\n${cause instanceof Error ? cause.message : String(cause)}`);
    process.exitCode = 1;
  }
} else process.exitCode = status;
process.exit();
