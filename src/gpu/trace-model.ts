import { elementsOf } from "../ir/shape.ts";
import type { Model } from "../targets/webgpu/runtime/model.js";
import type { Plan } from "../targets/webgpu/files/plan-schema.ts";
import { halfValue } from "../formats/half.ts";
import { encodeDispatch, programOf, writeInput } from "./model-program.ts";

// GPUBufferUsage and GPUMapMode are not global in Node.
const MAP_READ = 0x1;
const COPY_DST = 0x8;
const MODE_READ = 0x1;

/** The value that one dispatch wrote. */
export interface TracedValue {
  /** Paths of the layers that the dispatch computes, in order. */
  readonly layers: readonly string[];
  /** The layer whose value this is; null for a part of one. */
  readonly path: string | null;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * Runs a model one dispatch at a time, and copies each result before its memory is used again. This is slow, and meant for
 * comparisons. Nothing else may run on the model meanwhile.
 *
 * @returns a value for each dispatch, in order
 * @throws an error where the device refuses a dispatch
 */
export async function traceModel(model: Model, image: Float32Array): Promise<readonly TracedValue[]> {
  const program = programOf(model);
  const { device, plan, buffers } = program;
  const largest = Math.max(4, ...plan.dispatches.map(({ output }) => output.size));
  const copy = device.createBuffer({ size: largest, usage: MAP_READ | COPY_DST });
  const values: TracedValue[] = [];
  try {
    writeInput(program, image);
    for (const [index, { layers, output }] of plan.dispatches.entries()) {
      const source = buffers[output.buffer];
      if (source === undefined) throw new Error(`internal: dispatch ${index} writes to no buffer`);
      device.pushErrorScope("validation");
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      encodeDispatch(program, pass, index);
      pass.end();
      encoder.copyBufferToBuffer(source, output.offset, copy, 0, output.size);
      device.queue.submit([encoder.finish()]);
      const invalid = await device.popErrorScope();
      if (invalid !== null)
        throw new Error(`The device refuses the dispatch of "${layers[0] ?? ""}": ${invalid.message}`);
      await copy.mapAsync(MODE_READ, 0, output.size);
      const data = numbersOf(copy.getMappedRange(0, output.size).slice(0), output);
      copy.unmap();
      values.push({ layers, path: output.path, shape: output.shape, data });
    }
  } finally {
    copy.destroy();
  }
  return values;
}

/** Returns the numbers of an output in float32. An output that lies within a wider map is gathered from it. */
function numbersOf(bytes: ArrayBuffer, { type, shape, within }: Plan["dispatches"][number]["output"]): Float32Array {
  const { first, channels, of } = within ?? { first: 0, channels: 1, of: 1 };
  const count = elementsOf(shape);
  const all = type === "f32" ? new Float32Array(bytes) : Float32Array.from(new Uint16Array(bytes), halfValue);
  if (within === undefined) return all.subarray(0, count);
  return Float32Array.from({ length: count }, (_unused, i) => {
    const pixel = Math.floor(i / channels);
    return all[pixel * of + first + (i % channels)]!;
  });
}
