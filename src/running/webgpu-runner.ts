import { programOf } from "../gpu/model-program.ts";
import type { Plan } from "../targets/webgpu/files/plan-schema.ts";
import type { Device, loadModel, LoadOptions, Model } from "../targets/webgpu/runtime/model.js";
import type { Runner } from "./runner.ts";

/** A WebGPU folder that is loaded on a device. */
export interface WebgpuRunner extends Runner {
  readonly model: Model;
  readonly plan: Plan;
}

/** The parts of a WebGPU runner. */
export interface WebgpuParts {
  readonly title: string;
  readonly device: Device;
  /** The runtime of the folder. */
  readonly loadModel: typeof loadModel;
  /** The runtime's functions for reading the files of the folder and for reporting progress. */
  readonly options?: LoadOptions;
  /** Called when the runner is closed. It frees the device. */
  readonly closeDevice?: () => void;
}

/**
 * Loads a WebGPU folder on a device and returns its runner.
 *
 * @throws if a file is missing, or the device lacks a limit or feature that the network needs
 */
export async function openWebgpu(parts: WebgpuParts): Promise<WebgpuRunner> {
  const { title, device, options, closeDevice } = parts;
  // The code that shows the results reports a software adapter, so the runtime need not.
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
