import type * as tf from "@tensorflow/tfjs";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ShapedGraph } from "../../../../src/ir/graph.ts";
import { emitInfer } from "../../../../src/targets/tfjs/infer/emit-infer.ts";
import type { WeightStore } from "../../../../src/formats/tensor.ts";

interface InferModule {
  loadModel(bytes: ArrayBuffer): {
    predict(input: tf.Tensor): tf.Tensor | Record<string, tf.Tensor>;
    dispose(): void;
  };
}

const folder = join(import.meta.dirname, "../../../../node_modules/.cache/mnet/test/tfjs-infer");

/** Writes the emitted JavaScript where Node finds tf.js, and imports it: the test runs what users get. */
export async function importInfer(inference: ShapedGraph, weights: WeightStore) {
  const [model, tensors] = await emitInfer(inference, weights, { language: "js" });
  const source = String(model?.contents);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${createHash("sha256").update(source).digest("hex").slice(0, 16)}.mjs`);
  writeFileSync(path, source);
  const module = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as InferModule;
  return { module, source, bytes: Uint8Array.from(tensors?.contents as Uint8Array).buffer };
}
