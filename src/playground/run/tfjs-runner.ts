import { modelHandler } from "../../running/model-handler.ts";
import type { Runner } from "../../running/runner.ts";
import { tfjsRunner } from "../../running/tfjs-runner.ts";
import type { RunBuild } from "../compiler/run-host.ts";
import { bytesOf } from "./build-files.ts";
import { loadTfjs, type TfjsBackend } from "./tfjs-libraries.ts";

/** Loads the graph model of a build from memory on a backend of tf.js. */
export async function openTfjs(build: RunBuild, backend: TfjsBackend, onStep: (text: string) => void): Promise<Runner> {
  onStep(`Loading tf.js (${backend})`);
  const { core, converter } = await loadTfjs(backend);
  const model = await converter.loadGraphModel(modelHandler(bytesOf(build.graphModel)));
  const { h, w, c } = build.input;
  const { outputs = {} } = model.modelSignature as { readonly outputs?: Readonly<Record<string, unknown>> };
  return tfjsRunner({
    title: `tf.js, ${backend}`,
    tf: core,
    model,
    shape: [h, w, c],
    outputs: new Map(Object.keys(outputs).map((name, place) => [name, place])),
  });
}
