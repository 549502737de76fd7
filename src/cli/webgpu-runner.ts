import type { CompiledNetwork } from "../compile.ts";
import { hasErrors } from "../diagnostics/diagnostic.ts";
import { tryNodeDevice } from "../gpu/node-device.ts";
import { traceModel } from "../gpu/trace-model.ts";
import type { loadModel } from "../targets/webgpu/runtime/model.js";
import type { EmittedFile } from "../targets/emitted-file.ts";
import type { WeightStore } from "../weights/tensor.ts";
import { CliError, exitCode } from "./cli-error.ts";
import type { DeviceOptions } from "./device-option.ts";
import { emitWebgpuFiles } from "./emit-target.ts";
import { importModuleText } from "./import-module-text.ts";
import { noAdapter } from "./no-adapter.ts";
import { importPeer } from "./optional-peer.ts";
import type { Runner } from "./runner.ts";

async function openDevice() {
  await importPeer("webgpu", "Running WebGPU in Node", () => import("webgpu"));
  const found = await tryNodeDevice();
  if (found !== null) return found;
  throw noAdapter(" Or choose --target tfjs.");
}

function fileReader(files: readonly EmittedFile[]): (path: string) => Uint8Array {
  const byPath = new Map(files.map((file) => [file.path, file.contents]));
  return (path) => {
    const contents = byPath.get(path);
    if (contents === undefined) throw new Error(`internal: the build holds no ${path}`);
    return typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
  };
}

/**
 * The folder that `build --target webgpu` writes, loaded from memory by its own model.js; made for the adapter's own class
 * where none is asked for.
 */
export async function webgpuRunner(
  network: CompiledNetwork,
  weights: WeightStore,
  { device }: DeviceOptions,
): Promise<Runner> {
  const gpu = await openDevice();
  const made = device ?? (gpu.isSoftware ? "software" : "generic");
  const { files, diagnostics } = await emitWebgpuFiles(network, weights, { device: made });
  if (hasErrors(diagnostics)) {
    gpu.close();
    throw new CliError(diagnostics.map((diagnostic) => diagnostic.message).join("\n"), { exitCode: exitCode.findings });
  }
  const read = fileReader(files);
  const runtime = await importModuleText<{ readonly loadModel: typeof loadModel }>(
    new TextDecoder().decode(read("model.js")),
  );
  const model = await runtime.loadModel(gpu.device, { read, onWarning: () => undefined });
  const nodes = new Map(network.inference.nodes.map((node) => [node.path, node.id]));
  return {
    target: "webgpu",
    title: `WebGPU (${gpu.name}${gpu.isSoftware ? ", software" : ""})`,
    run: async (input) => new Map(Object.entries(await model.run(input))),
    async runLayers(input, see) {
      for (const { path, layers, data } of await traceModel(model, input)) {
        const node = path === null ? undefined : nodes.get(path);
        if (path !== null && node !== undefined) see({ node, path, covers: layers, values: data });
      }
    },
    close() {
      model.destroy();
      gpu.close();
    },
  };
}
