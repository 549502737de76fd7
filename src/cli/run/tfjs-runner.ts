import type { LayersModel, SymbolicTensor, Tensor } from "@tensorflow/tfjs";
import type { CompiledNetwork } from "../../compile.ts";
import type { ShapedGraph } from "../../ir/graph.ts";
import type { EmittedFile } from "../../targets/emitted-file.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import { importModuleText } from "./import-module-text.ts";
import { importPeer } from "../optional-peer.ts";
import type { Runner } from "./runner.ts";

type Tfjs = typeof import("@tensorflow/tfjs");

interface EmittedModule {
  readonly createModel: () => LayersModel;
  readonly loadWeights: (model: LayersModel, bytes: ArrayBuffer) => void;
}

async function loadTfjs(): Promise<Tfjs> {
  const tf = await importPeer("@tensorflow/tfjs", "Running tf.js", () => import("@tensorflow/tfjs"));
  // Else tf.js greets on stderr.
  tf.enableProdMode();
  const hasWasm = await import("@tensorflow/tfjs-backend-wasm").then(
    () => tf.setBackend("wasm"),
    () => false,
  );
  if (!hasWasm) await tf.setBackend("cpu");
  return tf;
}

function contentsOf(files: readonly EmittedFile[], path: string): string | Uint8Array {
  const file = files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`internal: the build holds no ${path}`);
  return file.contents;
}

/** The wasm backend lacks a few kernels that the cpu backend has; there the network runs slower instead of not at all. */
async function onAnyBackend<T>(tf: Tfjs, work: () => T): Promise<T> {
  try {
    return work();
  } catch (cause) {
    const lacksKernel = cause instanceof Error && /not registered for the backend/.test(cause.message);
    if (!lacksKernel || tf.getBackend() === "cpu") throw cause;
    await tf.setBackend("cpu");
    return work();
  }
}

/** Values of some tensors of the model for one image, in order. */
async function predict(
  tf: Tfjs,
  model: LayersModel,
  outputs: readonly SymbolicTensor[],
  graph: ShapedGraph,
  image: Float32Array,
): Promise<readonly Float32Array[]> {
  const tapped = tf.model({ inputs: model.inputs, outputs: [...outputs] });
  const results = await onAnyBackend(tf, () =>
    tf.tidy(() => {
      const predicted = tapped.predict(tf.tensor(image, [1, ...graph.input.shape]));
      return Array.isArray(predicted) ? predicted : [predicted];
    }),
  );
  const values = await Promise.all(results.map((tensor: Tensor) => tensor.data<"float32">()));
  tf.dispose(results);
  return values;
}

/** The module that `build --target tfjs` writes, imported from memory, on tf.js's wasm backend where it is installed. */
export async function tfjsRunner(network: CompiledNetwork, weights: WeightStore): Promise<Runner> {
  const { training } = network;
  const tf = await loadTfjs();
  const tfjsModule = import.meta.resolve("@tensorflow/tfjs");
  const { emitTfjs } = await import("../../targets/tfjs/emit-tfjs.ts");
  const files = await emitTfjs(training, { language: "js", weights, tfjsModule });
  const emitted = await importModuleText<EmittedModule>(String(contentsOf(files, "model.js")));
  const { tfjsLayerNames } = await import("../../targets/tfjs/layer-values.ts");
  const model = await onAnyBackend(tf, () => emitted.createModel());
  const bytes = contentsOf(files, "weights.safetensors");
  // A copy: the loader wants a buffer that begins with the file.
  emitted.loadWeights(model, Uint8Array.from(typeof bytes === "string" ? [] : bytes).buffer);
  const names = tfjsLayerNames(training);
  // The model returns a value once, however many names it has.
  const returned = [...new Set(training.outputs.map(({ node }) => node))];
  return {
    target: "tfjs",
    title: `tf.js (${tf.getBackend()})`,
    halves: null,
    caveat: null,
    async run(input) {
      const values = await predict(tf, model, model.outputs, training, input);
      return new Map(training.outputs.map(({ name, node }) => [name, values[returned.indexOf(node)] ?? []]));
    },
    async runLayers(input, see) {
      const layers = training.nodes.filter((node) => node.op !== "input");
      // Two nodes may be one layer: a global pool and the flatten behind it.
      const tapped = [...new Set(layers.map((node) => names.get(node.id) ?? ""))];
      const tensors = tapped.map((name) => model.getLayer(name).output as SymbolicTensor);
      const values = await predict(tf, model, tensors, training, input);
      const byName = new Map(tapped.map((name, i) => [name, values[i] ?? []]));
      for (const { id, path } of layers) {
        see({ node: id, path, covers: [path], values: byName.get(names.get(id) ?? "") ?? [] });
      }
    },
    close() {
      model.dispose();
    },
  };
}
