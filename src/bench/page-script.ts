// The script of the page of `mnet bench --browser`, as a bundle. Libraries come from addresses beside the page.
import type { GraphModel, LayersModel } from "@tensorflow/tfjs";
import { nameAdapter } from "../gpu/name-adapter.ts";
import { openOnnx, type OnnxRuntime } from "../running/onnx-runner.ts";
import type { Runner } from "../running/runner.ts";
import { tfjsRunner } from "../running/tfjs-runner.ts";
import { openWebgpu } from "../running/webgpu-runner.ts";
import type { loadModel } from "../targets/webgpu/runtime/model.js";
import type { BenchHost, ContenderTimes } from "./bench-host.ts";
import type { PageNetwork } from "./bench-network.ts";
import type { ContenderName } from "./contender-names.ts";
import { timeContenders } from "./time-contenders.ts";

/** What the page puts on `globalThis`. Outputs are plain arrays, which leave a page as they are. */
export interface PageBench extends ContenderTimes {
  readonly adapter: BenchHost["adapter"];
  readonly has: Readonly<Record<ContenderName, boolean>>;
}

declare global {
  var bench: PageBench | undefined;
  /** tf.js, where the page could load it. */
  var tf: typeof import("@tensorflow/tfjs") | undefined;
}

/** Imports a module from an address beside the page. */
async function importBeside<T>(address: string): Promise<T> {
  return (await import(new URL(address, location.href).href)) as T;
}

/** onnxruntime-web, which is told where its binaries lie. */
interface WebOnnxRuntime extends OnnxRuntime {
  readonly env: { readonly wasm: { wasmPaths?: string } };
}

/** Loads onnxruntime-web. Returns null where the host does not serve it. */
async function loadOnnxRuntime(): Promise<WebOnnxRuntime | null> {
  try {
    const ort = await importBeside<WebOnnxRuntime>("ort/ort.webgpu.min.mjs");
    ort.env.wasm.wasmPaths = new URL("ort/", location.href).href;
    return ort;
  } catch {
    return null;
  }
}

async function openAdapter(): Promise<{ readonly device: GPUDevice; readonly adapter: BenchHost["adapter"] }> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) throw new Error("Chromium has no WebGPU adapter.");
  const features = (["timestamp-query", "shader-f16"] as const).filter((feature) => adapter.features.has(feature));
  const device = await adapter.requestDevice({ requiredFeatures: features });
  return { device, adapter: { ...nameAdapter(adapter.info), features } };
}

async function openBench(): Promise<PageBench> {
  const network = (await (await fetch("network.json")).json()) as PageNetwork;
  const image = new Float32Array(await (await fetch("input.f32")).arrayBuffer());
  const { device, adapter } = await openAdapter();
  const { tf } = globalThis;
  const hasTfjs = tf !== undefined && (await tf.setBackend("webgpu"));
  tf?.enableProdMode();
  const ort = await loadOnnxRuntime();
  const runtime = await importBeside<{ readonly loadModel: typeof loadModel }>("mnet/model.js");
  const { shape, outputAt, onnxInput } = network;
  const tfjs = async (title: string, load: () => Promise<LayersModel | GraphModel>, place: number): Promise<Runner> => {
    if (tf === undefined) throw new Error("internal: the page has no tf.js");
    return tfjsRunner({ title, tf, model: await load(), shape, outputs: new Map([["output", place]]) });
  };
  const onnx = (): Promise<Runner> => {
    if (ort === null) throw new Error("internal: the page has no onnxruntime-web");
    return openOnnx({
      title: "onnxruntime-web",
      ort,
      model: "model.onnx",
      input: onnxInput,
      shape,
      provider: "webgpu",
    });
  };
  const openers = {
    mnet: () => openWebgpu({ title: "mnet", device, loadModel: runtime.loadModel }),
    "tfjs-layers": () => tfjs("tf.js, layers model", () => tf!.loadLayersModel("layers/model.json"), outputAt.layers),
    "tfjs-graph": () => tfjs("tf.js, graph model", () => tf!.loadGraphModel("graph/model.json"), outputAt.graph),
    "onnxruntime-web": onnx,
  };
  const times = timeContenders(openers, image);
  return {
    adapter,
    has: { mnet: true, "tfjs-layers": hasTfjs, "tfjs-graph": hasTfjs, "onnxruntime-web": ort !== null },
    async first(name) {
      const { output, milliseconds } = await times.first(name);
      return { output: Array.from(output), milliseconds };
    },
    async steady(names, effort) {
      const steady = await times.steady(names, effort);
      return steady.map(({ output, milliseconds }) => ({ output: Array.from(output), milliseconds }));
    },
    profile: times.profile,
  };
}

globalThis.bench = await openBench();
