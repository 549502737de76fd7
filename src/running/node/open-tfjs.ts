import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs";
import { importOptional } from "../../machine/import-optional.ts";
import { emitTfjs } from "../../targets/tfjs/emit-tfjs.ts";
import { tfjsLayerNames } from "../../targets/tfjs/layer-values.ts";
import { emittedBytes } from "../emitted-bytes.ts";
import { orOnCpu } from "../missing-kernel.ts";
import type { OpenRunner } from "../run-options.ts";
import { outputPlaces } from "../output-places.ts";
import { predict } from "../tfjs-runner.ts";
import { importModuleText } from "./import-module-text.ts";

type Tfjs = typeof import("@tensorflow/tfjs");

interface EmittedModule {
  readonly createModel: () => LayersModel;
  readonly loadWeights: (model: LayersModel, bytes: ArrayBuffer) => void;
}

/** Loads tf.js on its wasm backend if that is installed, else on its cpu backend. */
async function loadTfjs(): Promise<Tfjs> {
  const tf = await importOptional("@tensorflow/tfjs", "Running tf.js", () => import("@tensorflow/tfjs"));
  // Without this tf.js prints a greeting on stderr.
  tf.enableProdMode();
  const hasWasm = await import("@tensorflow/tfjs-backend-wasm").then(
    () => tf.setBackend("wasm"),
    () => false,
  );
  if (!hasWasm) await tf.setBackend("cpu");
  return tf;
}

/**
 * Calls `work` on the present backend of tf.js. If that backend lacks a kernel, switches to the cpu backend, which is
 * slow but has every kernel.
 */
function onAnyBackend<T>(tf: Tfjs, work: () => T | Promise<T>): Promise<T> {
  return orOnCpu(tf.getBackend(), async (backend) => {
    if (backend !== tf.getBackend()) await tf.setBackend(backend);
    return work();
  });
}

/** Opens the module that `build --target tfjs` writes. It is imported from memory into this process. */
export const openNodeTfjs: OpenRunner = async ({ training }, weights) => {
  const tf = await loadTfjs();
  const tfjsModule = import.meta.resolve("@tensorflow/tfjs");
  const read = emittedBytes(await emitTfjs(training, { language: "js", weights, tfjsModule }));
  const emitted = await importModuleText<EmittedModule>(new TextDecoder().decode(read("model.js")));
  const model = await onAnyBackend(tf, () => emitted.createModel());
  // The loader requires a buffer that begins with the file, so the bytes are copied.
  emitted.loadWeights(model, Uint8Array.from(read("weights.safetensors")).buffer);
  const names = tfjsLayerNames(training);
  const valuesOf = (outputs: readonly SymbolicTensor[], image: Float32Array) =>
    onAnyBackend(tf, () =>
      predict(tf, tf.model({ inputs: model.inputs, outputs: [...outputs] }), training.input.shape, image),
    );
  return {
    value: {
      title: `tf.js (${tf.getBackend()})`,
      halves: null,
      caveat: null,
      async run(image) {
        const values = await valuesOf(model.outputs, image);
        return new Map([...outputPlaces(training)].map(([name, place]) => [name, values[place] ?? []]));
      },
      async runLayers(image, see) {
        const layers = training.nodes.filter((node) => node.op !== "input");
        // One tf.js layer may compute two nodes, such as a global pool and the flatten after it.
        const tapped = [...new Set(layers.map((node) => names.get(node.id) ?? ""))];
        const tensors = tapped.map((name) => model.getLayer(name).output as SymbolicTensor);
        const values = await valuesOf(tensors, image);
        const byName = new Map(tapped.map((name, i) => [name, values[i] ?? []]));
        for (const { id, path } of layers) {
          see({ node: id, path, covers: [path], values: byName.get(names.get(id) ?? "") ?? [] });
        }
      },
      close: () => model.dispose(),
    },
    diagnostics: [],
  };
};
