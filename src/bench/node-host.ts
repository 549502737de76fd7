import { spawnSync } from "node:child_process";
import { tryNodeDevice } from "../gpu/node-device.ts";
import { installNavigatorGpu } from "../gpu/node-navigator.ts";
import { loadModel, type LoadOptions } from "../targets/webgpu/runtime/model.js";
import type { BenchHost, FirstTime } from "./bench-host.ts";
import { type BenchNetwork, fileOf } from "./bench-network.ts";
import type { ContenderName } from "./contender-names.ts";
import { modelHandler } from "./model-handler.ts";
import { type Contender, openMnet, openTfjs, profileDispatches, timeFirst, timeSteady } from "./contenders.js";

type Tfjs = typeof import("@tensorflow/tfjs");

/** tf.js on WebGPU, or the reason why not. */
async function loadTfjs(): Promise<Tfjs | string> {
  await installNavigatorGpu();
  try {
    const tf = await import("@tensorflow/tfjs");
    await import("@tensorflow/tfjs-backend-webgpu");
    tf.enableProdMode();
    if (await tf.setBackend("webgpu")) return tf;
    return "tf.js finds no WebGPU adapter";
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND";
    if (!missing) throw cause;
    return "it is not installed; run npm install @tensorflow/tfjs @tensorflow/tfjs-backend-webgpu";
  }
}

/**
 * Contenders in this process, on npm's `webgpu`; null where there is no adapter. With `firstOf`, added to this process's own
 * arguments, a first run is another process's, which prints it as JSON; without, it is this one's.
 */
export async function nodeHost(
  network: BenchNetwork,
  firstOf: ((name: ContenderName) => readonly string[]) | null,
): Promise<BenchHost | null> {
  const gpu = await tryNodeDevice("default", ["timestamp-query", "shader-f16"]);
  if (gpu === null) return null;
  const tf = await loadTfjs();
  const options: LoadOptions = { read: (path) => fileOf(network, `mnet/${path}`) };
  const mnet = () => openMnet({ loadModel, device: gpu.device, options });
  const handler = (folder: string) => modelHandler((path) => fileOf(network, `${folder}/${path}`));
  const open = (name: ContenderName) => (): Promise<Contender> => {
    if (name === "mnet") return mnet();
    if (typeof tf === "string" || name === "onnxruntime-web") throw new Error(`internal: ${name} does not run here`);
    const { shape, outputAt } = network;
    return name === "tfjs-layers"
      ? openTfjs({ tf, load: () => tf.loadLayersModel(handler("layers")), shape, at: outputAt.layers })
      : openTfjs({ tf, load: () => tf.loadGraphModel(handler("graph")), shape, at: outputAt.graph });
  };
  return {
    title: `Node ${process.versions.node}`,
    adapter: { name: gpu.name, isSoftware: gpu.isSoftware, features: [...gpu.device.features] },
    lacks(name) {
      if (name === "onnxruntime-web") return "its WebGPU provider runs in browsers only: --browser";
      return name !== "mnet" && typeof tf === "string" ? tf : null;
    },
    first: async (name) => (firstOf === null ? timeFirst(open(name), network.values) : firstElsewhere(firstOf(name))),
    steady: (names, effort) => timeSteady(names.map(open), network.values, effort),
    async profile() {
      if (!gpu.device.features.has("timestamp-query")) throw new Error(`${gpu.name} has no time stamps.`);
      const { model, close } = await mnet();
      try {
        return await profileDispatches(model, network.values);
      } finally {
        await close();
      }
    },
    close: () => gpu.close(),
  };
}

function firstElsewhere(args: readonly string[]): FirstTime {
  const command = [...process.execArgv, ...process.argv.slice(1), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8", maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`The process of a first run ended with ${String(status)}: ${stderr.trim()}`);
  return JSON.parse(stdout) as FirstTime;
}
