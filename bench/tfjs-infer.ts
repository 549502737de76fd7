import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { readFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { importModuleText } from "../src/running/node/import-module-text.ts";
import { compile } from "../src/compile.ts";
import { compareTensors } from "../src/reference/compare.ts";
import type { EmittedFile } from "../src/targets/emitted-file.ts";
import { emitTfjsModels } from "../src/targets/tfjs/emit-models.ts";
import { emitInfer } from "../src/targets/tfjs/infer/emit-infer.ts";
import { createSource } from "../src/text/source.ts";
import { initializeWeights } from "../src/weights/initialize.ts";
import type { Timing } from "../src/bench/timing.ts";
import { interleave } from "./measure.ts";

/** `npm run bench:tfjs` times the three tf.js forms of MobileNetV2 1.0 224 on one image, on tf.js's wasm backend. */
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const spec = "specs/mobilenet_v2.mnet";
const WARM_UP_ROUNDS = 4;
const ROUNDS = 21;
/** The graph model must be at least this many times as fast as the layers model. */
const AT_LEAST = 1.9;

interface InferModule {
  readonly loadModel: (bytes: ArrayBuffer) => { readonly predict: (input: tf.Tensor) => tf.Tensor };
}

function contentsOf(files: readonly EmittedFile[], path: string): Uint8Array<ArrayBuffer> {
  const file = files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`the build holds no ${path}`);
  return typeof file.contents === "string" ? new TextEncoder().encode(file.contents) : Uint8Array.from(file.contents);
}

/** Reads the folder as tf.js's HTTP loader does. */
function fromFiles(files: readonly EmittedFile[], folder: string): tf.io.IOHandler {
  const text = new TextDecoder().decode(contentsOf(files, `${folder}/model.json`));
  const model = JSON.parse(text) as tf.io.ModelJSON;
  const shards = model.weightsManifest.flatMap(({ paths }) =>
    paths.map((path) => contentsOf(files, `${folder}/${path}`)),
  );
  const weightData = Uint8Array.from(Buffer.concat(shards)).buffer;
  const weightSpecs = model.weightsManifest.flatMap(({ weights }) => weights);
  const artifacts = { ...model, weightSpecs, weightData } as unknown as tf.io.ModelArtifacts;
  return { load: () => Promise.resolve(artifacts) };
}

/** Returns the three forms by name. Each is a function from an image to the numbers of the output. */
async function forms(): Promise<ReadonlyMap<string, (image: tf.Tensor) => tf.Tensor>> {
  const source = createSource(spec, readFileSync(join(root, spec), "utf8"));
  const { value } = compile(source, { network: null, set: new Map(), read: () => null });
  if (value === null) throw new Error(`${spec} does not compile`);
  const weights = initializeWeights(value.training, 0);
  const models = emitTfjsModels(value, weights);
  const layers = await tf.loadLayersModel(fromFiles(models, "layers"));
  const graph = await tf.loadGraphModel(fromFiles(models, "graph"));
  const tfjsModule = import.meta.resolve("@tensorflow/tfjs");
  const module = await emitInfer(value.inference, weights, { language: "js", tfjsModule });
  const { loadModel } = await importModuleText<InferModule>(new TextDecoder().decode(contentsOf(module, "model.js")));
  const infer = loadModel(contentsOf(module, "weights.safetensors").buffer);
  return new Map<string, (image: tf.Tensor) => tf.Tensor>([
    ["tf.loadLayersModel, batch norm unfolded", (image) => layers.predict(image) as tf.Tensor],
    ["tf.loadGraphModel", (image) => graph.predict(image) as tf.Tensor],
    ["the module of --mode infer", (image) => infer.predict(image)],
  ]);
}

function run(form: (image: tf.Tensor) => tf.Tensor, image: tf.Tensor): Float32Array {
  const output = form(image);
  const values = output.dataSync<"float32">();
  output.dispose();
  return values;
}

const load = loadavg()[0] ?? 0;
tf.enableProdMode();
await tf.setBackend("wasm");
const image = tf.randomUniform([1, 224, 224, 3], -1, 1, "float32", 1);
const works = await forms();
const [first = [], ...others] = [...works.values()].map((form) => run(form, image));
for (const other of others) {
  // Times are comparable only if all forms compute the same.
  const { agrees, reason } = compareTensors(first, other, { relative: 1e-4 });
  if (!agrees) throw new Error(`the forms disagree: ${reason ?? ""}`);
}
const timed = [...works.values()].map((form) => () => void run(form, image));
interleave(WARM_UP_ROUNDS, timed);
const timings = new Map<string, Timing>();
for (const [i, timing] of interleave(ROUNDS, timed).entries()) timings.set([...works.keys()][i] ?? "", timing);

const [base = NaN] = [...timings.values()].map(({ median }) => median);
const lines = [...timings].map(([what, { median, fastest }]) => {
  const ratio = base / median;
  return `${what.padEnd(42)} ${median.toFixed(1).padStart(7)} ms ${fastest.toFixed(1).padStart(7)} ms ${ratio.toFixed(2).padStart(6)}`;
});
const graphRatio = base / (timings.get("tf.loadGraphModel")?.median ?? NaN);
process.stdout.write(
  [
    `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores, load ${load.toFixed(1)} at the start, tf.js ${tf.version.tfjs} on ${tf.getBackend()}`,
    "",
    `${"one image of 224x224".padEnd(42)} ${"median".padStart(10)} ${"fastest".padStart(10)}  times`,
    ...lines,
    "",
    `The graph model has to be ${AT_LEAST} times as fast as the layers model: ${graphRatio >= AT_LEAST ? "holds" : "MISSED"}.`,
    "",
  ].join("\n"),
);
