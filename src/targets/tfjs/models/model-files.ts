import { elementsOf, type Shape } from "../../../ir/shape.ts";
import type { EmittedFile } from "../../emitted-file.ts";

/** A tensor as a `model.json` lists it. */
export interface ModelTensor {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: "float32" | "int32";
  readonly data: ArrayLike<number>;
}

/** tf.js's own size: browsers cache and fetch pieces of this size side by side. */
const SHARD_BYTES = 4 * 1024 * 1024;
const ELEMENT_BYTES = 4;

/** `folder/model.json` with what `model` says and the weights' manifest, and the shards with the weights' bytes. */
export function modelFiles(
  folder: string,
  model: Readonly<Record<string, unknown>>,
  tensors: readonly ModelTensor[],
): readonly EmittedFile[] {
  const bytes = tensorBytes(tensors);
  const count = Math.ceil(bytes.length / SHARD_BYTES);
  const shards = Array.from({ length: count }, (_unused, shard) => ({
    path: `group1-shard${shard + 1}of${count}.bin`,
    contents: bytes.slice(shard * SHARD_BYTES, (shard + 1) * SHARD_BYTES),
  }));
  const weights = tensors.map(({ name, shape, dtype }) => ({ name, shape, dtype }));
  const weightsManifest = [{ paths: shards.map(({ path }) => path), weights }];
  const json = JSON.stringify({ ...model, weightsManifest });
  return [
    { path: `${folder}/model.json`, contents: `${json}\n` },
    ...shards.map(({ path, contents }) => ({ path: `${folder}/${path}`, contents })),
  ];
}

/** All tensors one behind the other, little-endian. */
function tensorBytes(tensors: readonly ModelTensor[]): Uint8Array {
  const elements = tensors.reduce((sum, { shape }) => sum + elementsOf(shape), 0);
  const bytes = new Uint8Array(elements * ELEMENT_BYTES);
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const { name, shape, dtype, data } of tensors) {
    if (data.length !== elementsOf(shape)) throw new Error(`internal: "${name}" does not hold what its shape says`);
    for (let i = 0; i < data.length; i++, offset += ELEMENT_BYTES) {
      if (dtype === "float32") view.setFloat32(offset, data[i]!, true);
      else view.setInt32(offset, data[i]!, true);
    }
  }
  return bytes;
}
