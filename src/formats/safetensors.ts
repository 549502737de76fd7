import { elementsOf, type Shape } from "../ir/shape.ts";
import { crc32 } from "./crc32.ts";
import type { FloatDtype } from "./float-dtypes.ts";
import { cut } from "./json-value.ts";
import { parseHeader, type HeaderOptions, type SafetensorsHeader } from "./safetensors-header.ts";
import type { WeightStore, WeightTensor } from "./tensor.ts";
import { WeightError } from "./weight-error.ts";
import type { FileResult } from "./file-problem.ts";
import { attempt, refuseFile, refuseTensor } from "./refusal.ts";

/** The contents of a safetensors file. */
export interface Safetensors {
  /** In the order of the file's bytes. */
  readonly tensors: WeightStore;
  /** The metadata of the file, by name. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** The file begins with the length of the header, a little-endian u64. */
const PREFIX = 8;
/** The limit of the format's reference implementation. */
const HEADER_LIMIT = 100_000_000;

/**
 * Reads a safetensors file (huggingface/safetensors, format 0.4): 8 bytes with the length of the header, a JSON
 * header, then the bytes of the tensors. F16, BF16 and F64 become float32. The reader is strict: it refuses bytes that
 * belong to no tensor, a name that occurs twice, a number that is not finite, and a file of mnet in which any byte has
 * changed.
 *
 * @param bytes the whole file.
 * @param options whether integer tensors are skipped. By default they are a problem.
 * @returns the tensors and the metadata, or the first problem. It never throws because of a file's contents.
 */
export function readSafetensors(
  bytes: Uint8Array,
  options: HeaderOptions = { skipIntegers: false },
): FileResult<Safetensors> {
  return attempt(() => readFile(bytes, options));
}

function readFile(bytes: Uint8Array, options: HeaderOptions): Safetensors {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dataStart = findData(view);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(PREFIX, dataStart));
  } catch {
    refuseFile("weights/file-header", "a header in UTF-8", "bytes that are not");
  }
  const header = parseHeader(text, bytes.length - dataStart, options);
  checkBytes(bytes.subarray(dataStart), header);
  const tensors = new Map<string, WeightTensor>();
  for (const { name, shape, dtype, begin } of header.entries) {
    if (dtype === null) continue;
    const data = readValues(view, dataStart + begin, dtype, elementsOf(shape));
    const at = data.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) refuseTensor("weights/not-finite", name, "finite float32 numbers", `${data[at]} at index ${at}`);
    tensors.set(name, { name, shape, data });
  }
  return { tensors, metadata: header.metadata };
}

/** Returns the offset at which the header ends and the data begins. */
function findData(view: DataView): number {
  const length = view.byteLength;
  if (length < PREFIX) refuseFile("weights/file-length", "at least 8 bytes", `${length}`);
  const headerLength = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
  if (headerLength > HEADER_LIMIT) {
    refuseFile("weights/file-header", `a header of at most ${HEADER_LIMIT} bytes`, `one of ${headerLength}`);
  }
  const dataStart = PREFIX + headerLength;
  if (dataStart > length) {
    const found = `${length - PREFIX} bytes after the length`;
    refuseFile("weights/file-length", `a header of ${headerLength} bytes`, found);
  }
  return dataStart;
}

/** Reads numbers through a DataView: offsets need not be aligned, and the byte order of the host does not matter. */
function readValues(view: DataView, begin: number, dtype: FloatDtype, count: number): Float32Array {
  const data = new Float32Array(count);
  for (let i = 0; i < count; i++) data[i] = dtype.read(view, begin + i * dtype.bytes);
  return data;
}

/** The metadata entry of a file of mnet with the CRC-32 of each tensor, in the order of the bytes. */
const CHECKSUMS = "crc32";

/** Refuses a file that mnet wrote if its bytes have changed. */
function checkBytes(data: Uint8Array, { entries, metadata }: SafetensorsHeader): void {
  const note = metadata.get("format") === "mnet" ? metadata.get(CHECKSUMS) : undefined;
  if (note === undefined) return;
  const recorded = note === "" ? [] : note.split(" ");
  if (recorded.length !== entries.length) {
    const expected = `${entries.length} checksums in its notes, one a tensor`;
    refuseFile("weights/file-checksum", expected, `${recorded.length}`);
  }
  for (const [i, { name, begin, end }] of entries.entries()) {
    const found = crc32(data.subarray(begin, end));
    if (found === recorded[i]) continue;
    const expected = `the bytes that were written, of CRC-32 ${cut(recorded[i] ?? "")}`;
    refuseTensor("weights/file-checksum", name, expected, `others, of ${found}`);
  }
}

/**
 * Writes a safetensors file: tensors as F32 in the store's order, the metadata sorted by name with `format: "mnet"`
 * and a checksum for each tensor, the header padded with spaces so that the data begins at a multiple of 8. Equal
 * stores give equal bytes.
 *
 * @param store the tensors to write.
 * @param metadata metadata for the file, by name.
 * @returns the whole file.
 * @throws {@link WeightError} for a tensor that `readSafetensors` would refuse: a wrong number of values, or one that
 * is not finite.
 */
export function writeSafetensors(store: WeightStore, metadata: ReadonlyMap<string, string> = new Map()): Uint8Array {
  const pieces: Uint8Array[] = [];
  const entries: string[] = [];
  let dataLength = 0;
  for (const [name, { shape, data }] of store) {
    checkWritable(name, shape, data);
    const piece = new Uint8Array(data.length * 4);
    const view = new DataView(piece.buffer);
    for (let i = 0; i < data.length; i++) view.setFloat32(i * 4, data[i]!, true);
    const end = dataLength + piece.length;
    entries.push(jsonPair(name, JSON.stringify({ dtype: "F32", shape, data_offsets: [dataLength, end] })));
    pieces.push(piece);
    dataLength = end;
  }
  const notes = new Map([["format", "mnet"], ...metadata, [CHECKSUMS, pieces.map(crc32).join(" ")]]);
  const pairs = [...notes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => jsonPair(key, JSON.stringify(value)));
  const json = new TextEncoder().encode(
    `{${[jsonPair("__metadata__", `{${pairs.join(",")}}`), ...entries].join(",")}}`,
  );
  const headerLength = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(PREFIX + headerLength + dataLength);
  new DataView(bytes.buffer).setUint32(0, headerLength, true);
  bytes.fill(0x20, PREFIX, PREFIX + headerLength);
  bytes.set(json, PREFIX);
  let offset = PREFIX + headerLength;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}

/**
 * Formats a pair of the header. An object with JSON.stringify would reorder names that look like numbers and lose
 * "__proto__".
 */
function jsonPair(key: string, json: string): string {
  return `${JSON.stringify(key)}:${json}`;
}

function checkWritable(name: string, shape: Shape, data: Float32Array): void {
  if (name === "__metadata__") throw new WeightError(name, "another name", "the name of the file's own notes");
  const elements = elementsOf(shape);
  if (data.length !== elements) throw new WeightError(name, `${elements} values`, `${data.length}`);
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) throw new WeightError(name, "finite values", `${data[at]} at index ${at}`);
}
