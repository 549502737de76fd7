import type { CompiledNetwork } from "../../compile.ts";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import { programOf } from "../../gpu/model-program.ts";
import { type NodeDevice, tryNodeDevice } from "../../gpu/node-device.ts";
import { traceModel } from "../../gpu/trace-model.ts";
import type { loadModel } from "../../targets/webgpu/runtime/model.js";
import type { EmittedFile } from "../../targets/emitted-file.ts";
import { emitTarget } from "../../targets/index.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import { CliError, exitCode } from "../cli-error.ts";
import { importModuleText } from "./import-module-text.ts";
import { noAdapter } from "./no-adapter.ts";
import { missingFeature } from "./missing-feature.ts";
import { importPeer } from "../optional-peer.ts";
import { readProgramOptions } from "../options/program-options.ts";
import type { Runner, RunnerOptions } from "./runner.ts";

const HALF = "shader-f16";

async function openDevice(): Promise<NodeDevice> {
  await importPeer("webgpu", "Running WebGPU in Node", () => import("webgpu"));
  const found = await tryNodeDevice("default", [HALF]);
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

/** For the adapter's own class, where neither an option nor a tuning record says which. */
async function emitFor(gpu: NodeDevice, network: CompiledNetwork, weights: WeightStore, options: RunnerOptions) {
  const own =
    options.tuning === undefined ? { device: gpu.isSoftware ? ("software" as const) : ("generic" as const) } : {};
  const { files, diagnostics } = await emitTarget("webgpu", network, weights, {
    ...own,
    ...(await readProgramOptions(options)),
  });
  if (!hasErrors(diagnostics)) return files;
  throw new CliError(diagnostics.map((diagnostic) => diagnostic.message).join("\n"), { exitCode: exitCode.findings });
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

async function loadFiles(device: GPUDevice, files: readonly EmittedFile[]) {
  const read = fileReader(files);
  const runtime = await importModuleText<{ readonly loadModel: typeof loadModel }>(textOf(read("model.js")));
  return runtime.loadModel(device, { read, onWarning: () => undefined });
}

async function openOn(
  gpu: NodeDevice,
  network: CompiledNetwork,
  weights: WeightStore,
  options: RunnerOptions,
): Promise<Runner> {
  const emitted = await emitFor(gpu, network, weights, options);
  const { planSchema } = await import("../../targets/webgpu/files/plan-schema.ts");
  const { requires } = planSchema.parse(JSON.parse(textOf(fileReader(emitted)("plan.json"))));
  const isHalf = requires.features.includes(HALF);
  const lacksHalf = isHalf && !gpu.device.features.has(HALF);
  if (lacksHalf && options.widen !== true) {
    throw missingFeature(gpu.name, HALF, " With --target interp the interpreter rounds as the program would.");
  }
  const { widenBuild } = await import("../../targets/webgpu/emit/widen-build.ts");
  const model = await loadFiles(gpu.device, lacksHalf ? widenBuild(emitted) : emitted);
  const nodes = new Map(network.inference.nodes.map((node) => [node.path, node.id]));
  const { dispatches } = programOf(model).plan;
  const stored = dispatches.flatMap(({ output: { path, type } }) =>
    path !== null && type === "f16" ? (nodes.get(path) ?? []) : [],
  );
  const words = [
    gpu.name,
    ...(gpu.isSoftware ? ["software"] : []),
    ...(isHalf ? [lacksHalf ? "f16 as f32" : "f16"] : []),
  ];
  return {
    target: "webgpu",
    title: `WebGPU (${words.join(", ")})`,
    halves: isHalf ? new Set(stored) : null,
    caveat: lacksHalf
      ? `${gpu.name} has no ${HALF}: the kernels ran with halves read as float32, so on weights of 16 bits, but values between dispatches were not rounded`
      : null,
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

/** The folder that `build --target webgpu` writes, loaded from memory by its own model.js. */
export async function webgpuRunner(
  network: CompiledNetwork,
  weights: WeightStore,
  options: RunnerOptions,
): Promise<Runner> {
  const gpu = await openDevice();
  try {
    return await openOn(gpu, network, weights, options);
  } catch (cause) {
    gpu.close();
    throw cause;
  }
}
