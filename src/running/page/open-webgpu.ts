import { UnavailableError } from "../../machine/unavailable-error.ts";
import type { Plan } from "../../targets/webgpu/files/plan-schema.ts";
import { loadModel } from "../../targets/webgpu/runtime/model.js";
import { openWebgpu, type WebgpuRunner } from "../webgpu-runner.ts";
import { missingNeeds } from "./device-needs.ts";
import type { FoundAdapter } from "./find-adapter.ts";

/** The functions that are called with the progress of the opening and the state of the device. */
export interface PageEvents {
  /** Called before each step. An error that it throws ends the opening. */
  readonly onStep: (text: string) => void;
  /** Called once, with a sentence, if the device is lost. */
  readonly onLost: (sentence: string) => void;
}

/**
 * Opens a WebGPU folder on a new device. The model.js that runs it is a module of this page, and is the same in every
 * folder.
 *
 * @param read returns the bytes of a file of the folder
 * @throws UnavailableError if the adapter lacks a feature or limit of the plan
 */
export async function openPageWebgpu(
  read: (path: string) => Uint8Array,
  { adapter, name }: FoundAdapter,
  { onStep, onLost }: PageEvents,
): Promise<WebgpuRunner> {
  const { requires } = JSON.parse(new TextDecoder().decode(read("plan.json"))) as Plan;
  const missing = missingNeeds(requires, adapter);
  if (missing.length > 0) throw new UnavailableError("feature", missing.join(" "), "Use another browser or GPU.");
  const timestamps = adapter.features.has("timestamp-query") ? ["timestamp-query"] : [];
  const device = await adapter.requestDevice({
    requiredFeatures: [...requires.features, ...timestamps] as GPUFeatureName[],
    requiredLimits: requires.limits,
  });
  let open = true;
  void device.lost.then(({ reason, message }) => {
    if (!open) return;
    open = false;
    onLost(`The WebGPU device of ${name} was lost (${[reason, message].join(": ")}). Run again to open a new one.`);
  });
  const closeDevice = (): void => {
    open = false;
    device.destroy();
  };
  try {
    return await openWebgpu({
      title: "mnet, WebGPU",
      device,
      loadModel,
      options: { read, onProgress: ({ done, total }) => onStep(`Preparing kernels and weights, ${done} of ${total}`) },
      closeDevice,
    });
  } catch (error) {
    closeDevice();
    throw error;
  }
}
