import type { Plan } from "../targets/webgpu/files/plan-schema.ts";
import type { Model } from "../targets/webgpu/runtime/model.js";

/** The program of a loaded model, with WebGPU's types. `model.d.ts` does not use these types. */
export interface ModelProgram {
  readonly device: GPUDevice;
  readonly plan: Plan;
  readonly buffers: readonly GPUBuffer[];
  readonly dispatches: readonly {
    readonly pipeline: GPUComputePipeline;
    readonly group: GPUBindGroup;
    readonly workgroups: readonly [number, number, number];
  }[];
}

/** Returns the program that a loaded model runs. */
export function programOf(model: Model): ModelProgram {
  return model.program as unknown as ModelProgram;
}

/** Writes an image where the first dispatch reads it. */
export function writeInput({ device, plan, buffers }: ModelProgram, image: Float32Array): void {
  const buffer = buffers[plan.input.buffer];
  if (buffer === undefined) throw new Error("internal: the input has no buffer");
  device.queue.writeBuffer(buffer, plan.input.offset, image);
}

/** Encodes one dispatch of the plan. */
export function encodeDispatch({ dispatches }: ModelProgram, pass: GPUComputePassEncoder, index: number): void {
  const dispatch = dispatches[index];
  if (dispatch === undefined) throw new Error(`internal: there is no dispatch ${index}`);
  pass.setPipeline(dispatch.pipeline);
  pass.setBindGroup(0, dispatch.group);
  pass.dispatchWorkgroups(...dispatch.workgroups);
}
