import type { FileResult } from "../../src/formats/file-problem.ts";
import type { Safetensors } from "../../src/formats/safetensors.ts";
import type { WeightStore, WeightTensor } from "../../src/formats/tensor.ts";

export const tensor = (
  name: string,
  shape: readonly number[],
  data: ArrayLike<number>,
): readonly [string, WeightTensor] => [name, { name, shape, data: Float32Array.from(data) }];

export function accepted(result: FileResult<Safetensors>) {
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

export const bits = (store: WeightStore) =>
  [...store].map(([name, { shape, data }]) => [name, shape, [...new Uint32Array(data.buffer.slice(0))]]);

/** A file from a header's text (or bytes) and its data. */
export function file(header: string | Uint8Array, data: ArrayLike<number> = [], length?: number): Uint8Array {
  const text = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length ?? text.length), true);
  bytes.set(text, 8);
  bytes.set(Array.from(data), 8 + text.length);
  return bytes;
}

export const entry = (dtype: string, shape: unknown, begin: unknown, end: unknown) =>
  JSON.stringify({ dtype, shape, data_offsets: [begin, end] });
export const zeros = (count: number) => new Uint8Array(count);
