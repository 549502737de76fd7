import { spawnSync } from "node:child_process";
import { tryNodeDevice } from "../gpu/node-device.ts";
import { installNavigatorGpu } from "../gpu/node-navigator.ts";
import { importOptional } from "../machine/import-optional.ts";
import { orUnavailable, UnavailableError } from "../machine/unavailable-error.ts";
import { modelHandler } from "../running/model-handler.ts";
import type { Runner } from "../running/runner.ts";
import { tfjsRunner } from "../running/tfjs-runner.ts";
import { openWebgpu } from "../running/webgpu-runner.ts";
import { loadModel } from "../targets/webgpu/runtime/model.js";
import type { BenchHost, FirstTime } from "./bench-host.ts";
import { type BenchNetwork, fileOf } from "./bench-network.ts";
import type { ContenderName } from "./contender-names.ts";
import { type ContenderOpeners, timeContenders } from "./time-contenders.ts";

type Tfjs = typeof import("@tensorflow/tfjs");

/**
 * Loads tf.js on its WebGPU backend.
 *
 * @throws UnavailableError where a package is not installed, or the backend finds no adapter
 */
async function loadTfjs(): Promise<Tfjs> {
  await installNavigatorGpu();
  const tf = await importOptional("@tensorflow/tfjs", "Running tf.js", () => import("@tensorflow/tfjs"));
  const backend = "@tensorflow/tfjs-backend-webgpu";
  await importOptional(backend, "Running tf.js on WebGPU", () => import("@tensorflow/tfjs-backend-webgpu"));
  tf.enableProdMode();
  if (await tf.setBackend("webgpu")) return tf;
  throw new UnavailableError("adapter", "tf.js finds no WebGPU adapter", "Install a driver that it knows.");
}

function openersOf(network: BenchNetwork, device: GPUDevice, tf: Tfjs | UnavailableError): ContenderOpeners {
  const handler = (folder: string) => modelHandler((path) => fileOf(network, `${folder}/${path}`));
  const { shape, outputAt } = network;
  const tfjs = async (kind: "layers" | "graph"): Promise<Runner> => {
    if (tf instanceof UnavailableError) throw tf;
    const model = await (kind === "layers" ? tf.loadLayersModel(handler(kind)) : tf.loadGraphModel(handler(kind)));
    const outputs = new Map([["output", outputAt[kind]]]);
    return tfjsRunner({ title: `tf.js, ${kind} model`, tf, model, shape, outputs });
  };
  return {
    mnet: () =>
      openWebgpu({ title: "mnet", device, loadModel, options: { read: (path) => fileOf(network, `mnet/${path}`) } }),
    "tfjs-layers": () => tfjs("layers"),
    "tfjs-graph": () => tfjs("graph"),
    "onnxruntime-web": () => Promise.reject(new Error("internal: onnxruntime-web does not run in Node")),
  };
}

/**
 * Opens a host in this process, on npm's `webgpu`.
 *
 * @param firstOf gives the arguments with which this command, started again, prints a first run as JSON; null times first runs in
 * this process
 * @returns null where there is no adapter
 */
export async function nodeHost(
  network: BenchNetwork,
  firstOf: ((name: ContenderName) => readonly string[]) | null,
): Promise<BenchHost | null> {
  const gpu = await tryNodeDevice("default", ["timestamp-query", "shader-f16"]);
  if (gpu === null) return null;
  const tf = await orUnavailable(loadTfjs());
  const times = timeContenders(openersOf(network, gpu.device, tf), network.values);
  return {
    ...times,
    title: `Node ${process.versions.node}`,
    adapter: { name: gpu.name, isSoftware: gpu.isSoftware, features: [...gpu.device.features] },
    lacks(name) {
      if (name === "onnxruntime-web") return "its WebGPU provider runs in browsers only: --browser";
      return name !== "mnet" && tf instanceof UnavailableError ? `${tf.message}. ${tf.hint}` : null;
    },
    first: async (name) => (firstOf === null ? times.first(name) : firstElsewhere(firstOf(name))),
    close: () => gpu.close(),
  };
}

/** Starts this command again with further arguments, and reads the first run that it prints. */
function firstElsewhere(args: readonly string[]): FirstTime {
  const command = [...process.execArgv, ...process.argv.slice(1), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8", maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`The process of a first run ended with ${String(status)}: ${stderr.trim()}`);
  return JSON.parse(stdout) as FirstTime;
}
