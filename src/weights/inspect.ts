import type { Shape } from "../ir/shape.ts";
import { crc32 } from "../formats/crc32.ts";
import type { WeightStore, WeightTensor } from "../formats/tensor.ts";

/** Statistics of a tensor. They are NaN if the data contains NaN. */
export interface TensorSummary {
  readonly name: string;
  readonly shape: Shape;
  readonly elements: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Population standard deviation. */
  readonly std: number;
  /** Share of the elements that are exactly 0. */
  readonly zeros: number;
  /** CRC-32 of the little-endian float32 bytes. */
  readonly checksum: string;
}

/** Returns one row for each tensor, in the store's order. */
export function inspectWeights(store: WeightStore): readonly TensorSummary[] {
  return [...store.values()].map(summarize);
}

function summarize({ name, shape, data }: WeightTensor): TensorSummary {
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let zeros = 0;
  for (const value of data) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    if (value === 0) zeros += 1;
  }
  const mean = sum / data.length;
  // The variance is computed in a second pass. The difference of mean squares would lose precision.
  let squares = 0;
  for (const value of data) squares += (value - mean) ** 2;
  const std = Math.sqrt(squares / data.length);
  return {
    name,
    shape,
    elements: data.length,
    min,
    max,
    mean,
    std,
    zeros: zeros / data.length,
    checksum: checksum(data),
  };
}

function checksum(data: Float32Array): string {
  const bytes = new Uint8Array(data.length * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < data.length; i++) view.setFloat32(i * 4, data[i] ?? NaN, true);
  return crc32(bytes);
}
