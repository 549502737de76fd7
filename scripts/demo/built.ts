import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { writeOutputDirectory } from "../../src/cli/disk/output-directory.ts";
import { compile, type CompiledNetwork } from "../../src/compile.ts";
import { renderTerminal } from "../../src/diagnostics/render-terminal.ts";
import { emitTfjs } from "../../src/targets/tfjs/emit-tfjs.ts";
import { emitWebgpu } from "../../src/targets/webgpu/emit.ts";
import type { loadModel } from "../../src/targets/webgpu/runtime/model.js";
import { createSource } from "../../src/text/source.ts";
import { version } from "../../src/version.ts";
import type { WeightStore } from "../../src/formats/tensor.ts";
import { step } from "./step.ts";

interface TfjsModule {
  readonly createModel: () => tf.LayersModel;
  readonly loadWeights: (model: tf.LayersModel, bytes: ArrayBuffer) => void;
}

/** A network with its weights, built for each target into a separate folder, as `mnet build` does. */
export interface Built {
  readonly tfjsFolder: string;
  readonly webgpuFolder: string;
}

export function compileSpec(specFile: string): CompiledNetwork {
  const { value, diagnostics, sources } = compile(createSource(specFile, readFileSync(specFile, "utf8")), {
    network: null,
    set: new Map(),
    read: (path) => readFileSync(path, "utf8"),
  });
  process.stderr.write(renderTerminal(diagnostics, sources, { color: false }));
  if (value === null) throw new Error(`${specFile} does not compile`);
  return value;
}

export async function build(network: CompiledNetwork, weights: WeightStore, out: string): Promise<Built> {
  const { training, inference } = network;
  const built = { tfjsFolder: `${out}/tfjs`, webgpuFolder: `${out}/webgpu` };
  const origin = { generator: `mnet ${version}`, network: training.name, params: training.params };
  await step(`Build the tf.js module into ${built.tfjsFolder}`, async () => {
    const files = await emitTfjs(training, { language: "js", weights });
    writeOutputDirectory(built.tfjsFolder, files, { ...origin, target: "tfjs" });
  });
  await step(`Build the WebGPU program into ${built.webgpuFolder}`, () => {
    writeOutputDirectory(built.webgpuFolder, emitWebgpu(inference, weights).files, { ...origin, target: "webgpu" });
  });
  return built;
}

function importFrom(path: string): Promise<unknown> {
  return import(pathToFileURL(join(process.cwd(), path)).href);
}

/** Returns the tf.js model of a build, with its weights, on the wasm backend. */
export async function loadTfjs({ tfjsFolder }: Built): Promise<tf.LayersModel> {
  tf.enableProdMode();
  await tf.setBackend("wasm");
  const { createModel, loadWeights } = (await importFrom(`${tfjsFolder}/model.js`)) as TfjsModule;
  const model = createModel();
  loadWeights(model, Uint8Array.from(readFileSync(`${tfjsFolder}/weights.safetensors`)).buffer);
  return model;
}

/** Returns the WebGPU program of a build, loaded on a device. */
export async function loadWebgpu({ webgpuFolder }: Built, device: GPUDevice): ReturnType<typeof loadModel> {
  const runtime = (await importFrom(`${webgpuFolder}/model.js`)) as { readonly loadModel: typeof loadModel };
  return runtime.loadModel(device);
}
