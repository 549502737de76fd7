import { elementsOf, type Shape } from "../../../ir/shape.ts";
import { crc32 } from "../../../formats/crc32.ts";
import type { EmittedFile } from "../../emitted-file.ts";
import type { Quantization } from "./quantization.ts";
import { quantizerFor, type Quantizer } from "./quantize.ts";

/** A tensor as a `model.json` lists it. */
export interface ModelTensor {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: "float32" | "int32";
  readonly data: ArrayLike<number>;
  /** For a kernel or a part of a kernel: the whole kernel. The quantization range is that of the whole kernel. */
  readonly kernel?: Float32Array;
}

/** The shard size of the tf.js converter. Browsers cache shards of this size and fetch them in parallel. */
const SHARD_BYTES = 4 * 1024 * 1024;

/**
 * Returns `folder/model.json`, with the fields of `model` and the weights manifest, and the shards with the bytes of
 * the weights. Only kernels are quantized. Biases and norm weights take little space, and small errors in them cause
 * large errors in the output.
 */
export function modelFiles(
  folder: string,
  model: Readonly<Record<string, unknown>>,
  tensors: readonly ModelTensor[],
  quantization: Quantization | null,
): readonly EmittedFile[] {
  const stored = tensors.map((tensor): StoredTensor => {
    const { kernel } = tensor;
    return { ...tensor, quantizer: kernel && quantization ? quantizerFor(kernel, quantization) : null };
  });
  const bytes = tensorBytes(stored);
  const count = Math.ceil(bytes.length / SHARD_BYTES);
  const shards = Array.from({ length: count }, (_unused, shard) => ({
    path: `group1-shard${shard + 1}of${count}.bin`,
    contents: bytes.slice(shard * SHARD_BYTES, (shard + 1) * SHARD_BYTES),
  }));
  let offset = 0;
  const weights = stored.map((tensor) => {
    const { name, shape, dtype, quantizer } = tensor;
    const begin = offset;
    offset += storedBytes(tensor);
    // tf.js ignores fields that it does not know. mnet reads this field when it imports the model.
    const entry = { name, shape, dtype, crc32: crc32(bytes.subarray(begin, offset)) };
    return quantizer === null ? entry : { ...entry, quantization: quantizer.json };
  });
  const weightsManifest = [{ paths: shards.map(({ path }) => path), weights }];
  const json = JSON.stringify({ ...model, weightsManifest });
  return [
    { path: `${folder}/model.json`, contents: `${json}\n` },
    ...shards.map(({ path, contents }) => ({ path: `${folder}/${path}`, contents })),
  ];
}

interface StoredTensor extends ModelTensor {
  readonly quantizer: Quantizer | null;
}

function storedBytes({ shape, quantizer }: StoredTensor): number {
  return elementsOf(shape) * (quantizer?.bytes ?? 4);
}

/** Concatenates the bytes of all tensors, little-endian. */
function tensorBytes(tensors: readonly StoredTensor[]): Uint8Array {
  const size = tensors.reduce((sum, tensor) => sum + storedBytes(tensor), 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const tensor of tensors) {
    const { name, shape, data } = tensor;
    if (data.length !== elementsOf(shape)) throw new Error(`internal: "${name}" does not hold what its shape says`);
    const write = writerOf(tensor, view);
    const step = tensor.quantizer?.bytes ?? 4;
    for (let i = 0; i < data.length; i++, offset += step) write(offset, data[i]!);
  }
  return bytes;
}

function writerOf({ dtype, quantizer }: StoredTensor, view: DataView): (offset: number, value: number) => void {
  if (quantizer !== null) {
    const { bytes, encode } = quantizer;
    return bytes === 1
      ? (offset, value) => view.setUint8(offset, encode(value))
      : (offset, value) => view.setUint16(offset, encode(value), true);
  }
  return dtype === "float32"
    ? (offset, value) => view.setFloat32(offset, value, true)
    : (offset, value) => view.setInt32(offset, value, true);
}
