import type { Plan } from "../../targets/webgpu/files/plan-schema.ts";
import { loadModel, type Model } from "../../targets/webgpu/runtime/model.js";
import { missingNeeds } from "./device-needs.ts";
import type { FoundAdapter } from "./find-adapter.ts";
import type { RunBuild } from "../compiler/run-host.ts";
import type { PageRunner } from "./runner.ts";

export interface WebgpuRunner extends PageRunner {
  readonly model: Model;
  readonly plan: Plan;
  /** Whether dispatches can be timed. */
  readonly hasTimestamps: boolean;
}

/**
 * A build on a device of its own, run by the model.js that every WebGPU build contains: a module of this page, which reads the
 * build from memory. Rejects where the adapter lacks what the plan needs. `onProblem` is told once if the device is lost or
 * refuses something later.
 */
export async function openWebgpu(
  build: RunBuild,
  { adapter, name }: FoundAdapter,
  onStep: (text: string) => void,
  onProblem: (sentence: string) => void,
): Promise<WebgpuRunner> {
  const read = (path: string): Uint8Array => {
    const bytes = build.webgpu.get(path);
    if (bytes === undefined) throw new Error(`internal: the build holds no ${path}`);
    return bytes;
  };
  const plan = JSON.parse(new TextDecoder().decode(read("plan.json"))) as Plan;
  const missing = missingNeeds(plan.requires, adapter);
  if (missing.length > 0) throw new Error(missing.join(" "));
  const hasTimestamps = adapter.features.has("timestamp-query");
  const device = await adapter.requestDevice({
    requiredFeatures: [...plan.requires.features, ...(hasTimestamps ? ["timestamp-query"] : [])] as GPUFeatureName[],
    requiredLimits: plan.requires.limits,
  });
  let open = true;
  void device.lost.then(({ reason, message }) => {
    if (!open) return;
    open = false;
    onProblem(`The WebGPU device of ${name} was lost (${[reason, message].join(": ")}). Run again to open a new one.`);
  });
  const close = () => {
    open = false;
    device.destroy();
  };
  try {
    const model = await loadModel(device, {
      read,
      onProgress: ({ done, total }) => onStep(`Preparing kernels and weights, ${done} of ${total}`),
      // The panel says it beside the results.
      onWarning: () => undefined,
    });
    return { title: "mnet, WebGPU", model, plan, hasTimestamps, run: (values) => model.run(values), close };
  } catch (error) {
    close();
    throw error;
  }
}
