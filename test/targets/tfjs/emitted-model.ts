import * as tf from "@tensorflow/tfjs";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ShapedGraph } from "../../../src/ir/graph.ts";
import { elementsOf } from "../../../src/ir/shape.ts";
import { judge } from "../../../src/reference/judge.ts";
import { emitTfjs } from "../../../src/targets/tfjs/emit-tfjs.ts";
import { tfjsLayerNames } from "../../../src/targets/tfjs/layer-values.ts";
import { randomSource } from "../../../src/weights/random.ts";
import { randomWeights } from "../../../src/weights/random-weights.ts";
import type { WeightStore } from "../../../src/formats/tensor.ts";

/** The exports of an emitted module. */
export interface EmittedModule {
  createModel(): tf.LayersModel;
  loadWeights(model: tf.LayersModel, bytes: ArrayBuffer): void;
}

const folder = join(import.meta.dirname, "../../../node_modules/.cache/mnet/test/tfjs");

/** tf.js on the plain cpu backend: small sizes, no driver. */
export async function useCpu(): Promise<void> {
  // tf.js advises Node users of another package on every start.
  tf.env().set("IS_TEST", true);
  await tf.setBackend("cpu");
  await tf.ready();
}

/** The emitted source. */
export async function emittedSource(
  graph: ShapedGraph,
  language: "ts" | "js" = "ts",
  weights: WeightStore | null = null,
): Promise<string> {
  const [file] = await emitTfjs(graph, { language, weights });
  return String(file?.contents);
}

/** Writes the emitted JavaScript where Node finds tf.js, and imports it: the test runs what users get. */
export async function importEmitted(
  graph: ShapedGraph,
  weights: WeightStore,
): Promise<{ module: EmittedModule; bytes: ArrayBuffer }> {
  const [model, tensors] = await emitTfjs(graph, { language: "js", weights });
  const source = String(model?.contents);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${createHash("sha256").update(source).digest("hex").slice(0, 16)}.mjs`);
  writeFileSync(path, source);
  const module = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as EmittedModule;
  return { module, bytes: Uint8Array.from(tensors?.contents as Uint8Array).buffer };
}

export function randomImage(graph: ShapedGraph, seed: number): Float32Array {
  const random = randomSource(seed, "image");
  return Float32Array.from({ length: elementsOf(graph.input.shape) }, () => random.normal());
}

/** A model with its weights, and what it computes at every node. */
export async function loadedModel(graph: ShapedGraph, seed = 1) {
  const weights = randomWeights(graph, seed);
  const { module, bytes } = await importEmitted(graph, weights);
  const model = module.createModel();
  module.loadWeights(model, bytes);
  return { model, module, bytes, weights };
}

/** Values of the layers that stand for the graph's nodes, by layer name. */
export function layerValues(
  graph: ShapedGraph,
  model: tf.LayersModel,
  image: Float32Array,
): ReadonlyMap<string, Float32Array> {
  const names = [...new Set(tfjsLayerNames(graph).values())].filter((name) => name !== graph.input.name);
  const outputs = names.map((name) => model.getLayer(name).output as tf.SymbolicTensor);
  if (outputs.length === 0) return new Map();
  const values = new Map<string, Float32Array>();
  tf.tidy(() => {
    const batch = tf.tensor(image, [1, ...graph.input.shape]);
    const result = tf.model({ inputs: model.inputs, outputs }).predict(batch);
    for (const [i, tensor] of (Array.isArray(result) ? result : [result]).entries()) {
      values.set(names[i] ?? "", tensor.dataSync() as Float32Array);
    }
  });
  return values;
}

/** Compares every layer of the emitted model with the float64 interpreter, and returns the disagreements in words. */
export async function disagreements(graph: ShapedGraph, seed = 1): Promise<readonly string[]> {
  const { model, weights } = await loadedModel(graph, seed);
  const image = randomImage(graph, seed);
  const actual = layerValues(graph, model, image);
  const names = tfjsLayerNames(graph);
  const given = new Map(
    graph.nodes
      .filter((node) => node.op !== "input")
      .map((node) => [node.id, actual.get(names.get(node.id) ?? "") ?? []] as const),
  );
  const { comparisons } = judge(graph, weights, image, given);
  const found = graph.nodes.flatMap((node) => {
    const reason = comparisons.get(node.id)?.reason ?? null;
    return reason === null ? [] : [`${node.path}: ${reason}`];
  });
  model.dispose();
  return found;
}
