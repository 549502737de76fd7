import { programOf } from "../gpu/model-program.ts";
import type { Plan } from "../targets/webgpu/files/plan-schema.ts";
import type { Device, loadModel, LoadOptions, Model } from "../targets/webgpu/runtime/model.js";
import type { Runner } from "./runner.ts";

/** A WebGPU folder that is loaded on a device. */
export interface WebgpuRunner extends Runner {
  readonly model: Model;
  readonly plan: Plan;
}

/** What a WebGPU runner is made of. */
export interface WebgpuParts {
  readonly title: string;
  readonly device: Device;
  /** The runtime of the folder. */
  readonly loadModel: typeof loadModel;
  /** How the runtime reads the files of the folder, and whom it tells of its progress. */
  readonly options?: LoadOptions;
  /** Frees the device when the runner is closed. */
  readonly closeDevice?: () => void;
}

/**
 * Loads a WebGPU folder on a device.
 *
 * @throws where a file is missing, or the device lacks a limit or feature that the network needs
 */
export async function openWebgpu(parts: WebgpuParts): Promise<WebgpuRunner> {
  const { title, device, options, closeDevice } = parts;
  // Whoever shows the results says that an adapter is a software one.
  const model = await parts.loadModel(device, { onWarning: () => undefined, ...options });
  return {
    title,
    model,
    plan: programOf(model).plan,
    run: async (image) => new Map(Object.entries(await model.run(image))),
    close() {
      model.destroy();
      closeDevice?.();
    },
  };
}
