import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { LayersModel, LayerVariable } from "@tensorflow/tfjs";
import { compile } from "../../src/compile.ts";
import { renderTerminal } from "../../src/diagnostics/render-terminal.ts";
import type { ShapedGraph } from "../../src/ir/graph.ts";
import { emitTfjs } from "../../src/targets/tfjs/emit-tfjs.ts";
import { createSource } from "../../src/text/source.ts";
import type { WeightStore } from "../../src/formats/tensor.ts";

const require = createRequire(import.meta.url);

interface EmittedModule {
  readonly createModel: () => LayersModel;
  readonly loadWeights: (model: LayersModel, bytes: ArrayBuffer) => void;
}

const specFile = new URL("../../specs/digits.mnet", import.meta.url);

/** Returns specs/digits.mnet as a training graph. */
export function compileDigits(): ShapedGraph {
  const { value, diagnostics, sources } = compile(createSource("digits.mnet", readFileSync(specFile, "utf8")), {
    network: null,
    set: new Map(),
    read: () => null,
  });
  if (value === null) throw new Error(renderTerminal(diagnostics, sources, { color: false }));
  return value.training;
}

/** Imports the tf.js module that `mnet build` writes for the network, and returns its model with these weights. */
export async function importModel(graph: ShapedGraph, weights: WeightStore): Promise<LayersModel> {
  const tfjsModule = pathToFileURL(require.resolve("@tensorflow/tfjs")).href;
  const [source, tensors] = await emitTfjs(graph, { language: "js", weights, tfjsModule });
  const url = `data:text/javascript;base64,${Buffer.from(String(source?.contents)).toString("base64")}`;
  const module = (await import(url)) as EmittedModule;
  const model = module.createModel();
  module.loadWeights(model, Uint8Array.from(tensors?.contents as Uint8Array).buffer);
  return model;
}

/** The weights that have other names in tf.js than in the spec. */
const slots = new Map([
  ["depthwise_kernel", "kernel"],
  ["moving_mean", "mean"],
  ["moving_variance", "variance"],
]);

/** Returns the model's variables by their names in the spec. */
export function variables(model: LayersModel): ReadonlyMap<string, LayerVariable> {
  return new Map(
    model.layers.flatMap((layer) =>
      layer.weights.map((weight) => {
        const slot = weight.originalName.split("/").at(-1) ?? "";
        return [`${layer.name}/${slots.get(slot) ?? slot}`, weight] as const;
      }),
    ),
  );
}
