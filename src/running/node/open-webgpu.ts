import type { CompiledNetwork } from "../../compile.ts";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import { missingFeature } from "../../gpu/missing-feature.ts";
import { type NodeDevice, requestNodeDevice } from "../../gpu/node-device.ts";
import { traceModel } from "../../gpu/trace-model.ts";
import type { EmittedFile } from "../../targets/emitted-file.ts";
import { emitTarget } from "../../targets/index.ts";
import { widenBuild } from "../../targets/webgpu/emit.ts";
import { planSchema } from "../../targets/webgpu/files/plan-schema.ts";
import type { loadModel } from "../../targets/webgpu/runtime/model.js";
import { emittedBytes } from "../emitted-bytes.ts";
import type { LayerRunner } from "../layer-runner.ts";
import type { OpenRunner } from "../run-options.ts";
import { openWebgpu } from "../webgpu-runner.ts";
import { importModuleText } from "./import-module-text.ts";

const HALF = "shader-f16";

/**
 * Opens the folder that `build --target webgpu` writes. Its own model.js loads it from memory into this process.
 * Unless an option names another class, the program is made for the class of the adapter.
 */
export const openNodeWebgpu: OpenRunner = async (network, weights, { widen = false, ...options }) => {
  const gpu = await requestNodeDevice("default", [HALF]);
  try {
    const own = options.tuning === undefined ? ({ device: gpu.isSoftware ? "software" : "generic" } as const) : {};
    const { files, diagnostics } = await emitTarget("webgpu", network, weights, { ...own, ...options });
    if (hasErrors(diagnostics)) {
      gpu.close();
      return { value: null, diagnostics };
    }
    return { value: await loadFolder(gpu, network, files, widen), diagnostics };
  } catch (cause) {
    gpu.close();
    throw cause;
  }
};

async function loadFolder(
  gpu: NodeDevice,
  { inference }: CompiledNetwork,
  files: readonly EmittedFile[],
  widen: boolean,
): Promise<LayerRunner> {
  const textOf = (path: string) => new TextDecoder().decode(emittedBytes(files)(path));
  const isHalf = planSchema.parse(JSON.parse(textOf("plan.json"))).requires.features.includes(HALF);
  const lacksHalf = isHalf && !gpu.device.features.has(HALF);
  if (lacksHalf && !widen) throw missingFeature(gpu.name, HALF);
  const runtime = await importModuleText<{ readonly loadModel: typeof loadModel }>(textOf("model.js"));
  const runner = await openWebgpu({
    title: titleOf(gpu, isHalf, lacksHalf),
    device: gpu.device,
    loadModel: runtime.loadModel,
    options: { read: emittedBytes(lacksHalf ? widenBuild(files) : files) },
    closeDevice: gpu.close,
  });
  const nodes = new Map(inference.nodes.map((node) => [node.path, node.id]));
  const stored = runner.plan.dispatches.flatMap(({ output: { path, type } }) =>
    path !== null && type === "f16" ? (nodes.get(path) ?? []) : [],
  );
  return {
    ...runner,
    halves: isHalf ? new Set(stored) : null,
    caveat: lacksHalf
      ? `${gpu.name} has no ${HALF}: the kernels ran with float32 in place of halves: weights were rounded to 16 bits, but values between dispatches were not`
      : null,
    async runLayers(image, see) {
      for (const { path, layers, data } of await traceModel(runner.model, image)) {
        const node = path === null ? undefined : nodes.get(path);
        if (path !== null && node !== undefined) see({ node, path, covers: layers, values: data });
      }
    },
  };
}

function titleOf({ name, isSoftware }: NodeDevice, isHalf: boolean, lacksHalf: boolean): string {
  const words = [name, ...(isSoftware ? ["software"] : []), ...(isHalf ? [lacksHalf ? "f16 as f32" : "f16"] : [])];
  return `WebGPU (${words.join(", ")})`;
}
