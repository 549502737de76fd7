import { elementsOf, formatShape } from "../ir/shape.ts";
import { crc32 } from "./crc32.ts";
import { floatDtypes } from "./float-dtypes.ts";
import { isCount, isObject, show } from "./json-value.ts";
import type { WeightTensor } from "./tensor.ts";
import { quote } from "./file-problem.ts";
import { refuseFile, refuseTensor } from "./refusal.ts";

/** Returns the bytes of a file in the same folder, by its name without a folder, or null if there is none. */
export type ReadBeside = (name: string) => Uint8Array | null;

/** A tensor of a manifest. Integers above 2^24 are rounded. They are axes and extents, never weights. */
export interface ManifestTensor extends WeightTensor {
  readonly dtype: "float32" | "int32" | "bool";
}

type Read = (view: DataView, offset: number) => number;

interface Stored {
  /** Bytes of an element. */
  readonly size: number;
  readonly read: Read;
}

const float32: Stored = { size: 4, read: floatDtypes.get("F32")!.read };
const plain: Readonly<Record<ManifestTensor["dtype"], Stored>> = {
  float32,
  int32: { size: 4, read: (view, offset) => view.getInt32(offset, true) },
  bool: { size: 1, read: (view, offset) => view.getUint8(offset) },
};

/**
 * Reads the tensors of a `weightsManifest`, in its order, from the shards that it names. A `layers` model contains
 * only weights. A `graph` model also contains constants: integers, booleans, and single numbers that may be infinite,
 * such as a pad value.
 */
export function readManifest(
  manifest: unknown,
  readBeside: ReadBeside,
  kind: "layers" | "graph",
): readonly ManifestTensor[] {
  if (!Array.isArray(manifest)) refuseFile("weights/file-header", `a list as "weightsManifest"`, show(manifest));
  const tensors = new Map<string, ManifestTensor>();
  const shards = new Set<string>();
  for (const group of manifest as readonly unknown[]) {
    if (!isObject(group)) refuseFile("weights/file-header", "an object as a group of weights", show(group));
    const { paths, weights } = group;
    if (!Array.isArray(paths)) refuseFile("weights/file-header", `a list as "paths" of a group`, show(paths));
    if (!Array.isArray(weights)) refuseFile("weights/file-header", `a list as "weights" of a group`, show(weights));
    const data = readShards(paths, shards, readBeside);
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    let offset = 0;
    for (const item of weights as readonly unknown[]) {
      const { name, shape, dtype, size, read, checksum } = readEntry(item, kind);
      if (tensors.has(name)) refuseFile("weights/file-header", "each weight once", `${quote(name)} twice`);
      const count = elementsOf(shape);
      const length = count * size;
      if (offset + length > data.length) {
        const expected = `${length} bytes for shape [${formatShape(shape)}] at ${offset} of ${describeShards(paths)}`;
        refuseTensor("weights/file-length", name, expected, `${Math.max(0, data.length - offset)}`);
      }
      if (checksum !== null) checkBytes(name, checksum, data.subarray(offset, offset + length));
      const values = new Float32Array(count);
      for (let i = 0; i < count; i++) values[i] = read(view, offset + i * size);
      const at = values.findIndex((value) => !Number.isFinite(value));
      const mayBePad = kind === "graph" && shape.length === 0 && !Number.isNaN(values[0]);
      if (at >= 0 && !mayBePad) {
        refuseTensor("weights/not-finite", name, "finite float32 numbers", `${values[at]} at index ${at}`);
      }
      tensors.set(name, { name, shape, dtype, data: values });
      offset += length;
    }
    if (offset !== data.length) {
      const found = `${data.length}: ${data.length - offset} trailing bytes`;
      refuseFile("weights/file-length", `${offset} bytes in ${describeShards(paths)}`, found);
    }
  }
  return [...tensors.values()];
}

/** Refuses a tensor of a model that mnet wrote if its bytes have changed. */
function checkBytes(name: string, recorded: unknown, bytes: Uint8Array): void {
  const found = crc32(bytes);
  if (found === recorded) return;
  const expected = `the bytes that were written, of CRC-32 ${show(recorded)}`;
  refuseTensor("weights/file-checksum", name, expected, `others, of ${found}`);
}

function describeShards(paths: readonly unknown[]): string {
  return paths.length === 1 ? show(paths[0]) : `${paths.length} shards from ${show(paths[0])}`;
}

function readShards(paths: readonly unknown[], seen: Set<string>, readBeside: ReadBeside): Uint8Array {
  const parts = paths.map((path) => {
    if (typeof path !== "string") refuseFile("weights/file-shard", "names as paths of shards", show(path));
    // A plain name. It cannot contain a folder, a drive, a URL scheme or a parent folder.
    if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(path)) {
      refuseFile("weights/file-shard", "shards beside it, by plain names", quote(path));
    }
    if (seen.has(path)) refuseFile("weights/file-shard", "each shard once", `${quote(path)} twice`);
    seen.add(path);
    const bytes = readBeside(path);
    if (bytes === null) refuseFile("weights/file-shard", `its shard ${quote(path)} beside it`, "no such file");
    return bytes;
  });
  const all = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

interface Entry extends Stored {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: ManifestTensor["dtype"];
  /** Null if none is recorded. */
  readonly checksum: unknown;
}

function readEntry(item: unknown, kind: "layers" | "graph"): Entry {
  if (!isObject(item)) refuseFile("weights/file-header", "an object as weight", show(item));
  const { name, shape, dtype, quantization, crc32: checksum = null } = item;
  if (typeof name !== "string") refuseFile("weights/file-header", "a name for each weight", show(name));
  if (!Array.isArray(shape) || !shape.every(isCount) || !Number.isSafeInteger(elementsOf(shape))) {
    refuseTensor("weights/file-header", name, "a list of whole numbers as shape", show(shape));
  }
  if (dtype !== "float32" && kind === "layers") {
    refuseTensor("weights/file-dtype", name, `the dtype "float32"`, show(dtype));
  }
  if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool") {
    refuseTensor("weights/file-dtype", name, `a dtype of "float32", "int32" or "bool"`, show(dtype));
  }
  const stored = quantization === undefined ? plain[dtype] : readQuantization(name, dtype, quantization);
  return { name, shape, dtype, checksum, ...stored };
}

const steps: ReadonlyMap<unknown, Stored> = new Map([
  ["uint8", { size: 1, read: (view: DataView, offset: number) => view.getUint8(offset) }],
  ["uint16", { size: 2, read: (view: DataView, offset: number) => view.getUint16(offset, true) }],
]);

function readQuantization(name: string, dtype: ManifestTensor["dtype"], quantization: unknown): Stored {
  const wrong = (expected: string, found: unknown) =>
    refuseTensor("weights/file-quantization", name, expected, show(found));
  if (!isObject(quantization)) return wrong("an object as quantization", quantization);
  const { dtype: stored, scale, min, original_dtype: original } = quantization;
  if (original !== undefined && original !== dtype) return wrong(`"${dtype}" as original_dtype`, original);
  if (stored === "float16" && dtype === "float32") {
    const { bytes, read } = floatDtypes.get("F16")!;
    return { size: bytes, read };
  }
  const step = steps.get(stored);
  if (step === undefined || dtype === "bool") {
    const known = dtype === "float32" ? `"uint8", "uint16" or "float16"` : `"uint8" or "uint16"`;
    return wrong(`a quantization dtype of ${known}`, stored);
  }
  if (typeof scale !== "number" || !Number.isFinite(scale) || scale <= 0) return wrong("a scale above 0", scale);
  if (typeof min !== "number" || !Number.isFinite(min)) return wrong("a finite min", min);
  const value: Read = (view, offset) => step.read(view, offset) * scale + min;
  return { size: step.size, read: dtype === "int32" ? (view, offset) => Math.round(value(view, offset)) : value };
}
