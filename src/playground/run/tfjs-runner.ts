import type { Tensor } from "@tensorflow/tfjs-core";
import { modelHandler } from "../../bench/model-handler.ts";
import type { RunBuild } from "../compiler/run-host.ts";
import type { PageRunner } from "./runner.ts";
import { loadTfjs, type TfjsBackend } from "./tfjs-libraries.ts";

/** True of what a run rejects with where the backend lacks a kernel that tf.js's `cpu` has. */
export function lacksKernel(cause: unknown): boolean {
  return cause instanceof Error && /not registered for the backend/.test(cause.message);
}

/** A build's graph model, loaded from memory, on a backend of tf.js. */
export async function openTfjs(
  build: RunBuild,
  backend: TfjsBackend,
  onStep: (text: string) => void,
): Promise<PageRunner> {
  onStep(`Loading tf.js (${backend})`);
  const { core, converter } = await loadTfjs(backend);
  const model = await converter.loadGraphModel(
    modelHandler((path) => {
      const bytes = build.graphModel.get(path);
      if (bytes === undefined) throw new Error(`internal: the build holds no ${path}`);
      return bytes;
    }),
  );
  const { h, w, c } = build.input;
  const { outputs = {} } = model.modelSignature as { readonly outputs?: Readonly<Record<string, unknown>> };
  const names = Object.keys(outputs);
  const run = async (values: Float32Array) => {
    const input = core.tensor(values, [1, h, w, c]);
    try {
      const predicted = model.predict(input) as Tensor | Tensor[];
      const tensors = Array.isArray(predicted) ? predicted : [predicted];
      const results = await Promise.all(tensors.map((tensor) => tensor.data<"float32">()));
      core.dispose(tensors);
      return Object.fromEntries(names.map((name, index) => [name, results[index] ?? new Float32Array()]));
    } finally {
      input.dispose();
    }
  };
  return { title: `tf.js, ${backend}`, run, close: () => model.dispose() };
}
