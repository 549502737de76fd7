import { elementsOf, type Shape } from "../ir/shape.ts";
import { crc32 } from "./crc32.ts";
import type { FloatDtype } from "./float-dtypes.ts";
import { cut } from "./json-value.ts";
import { parseHeader, type HeaderOptions, type SafetensorsHeader } from "./safetensors-header.ts";
import type { WeightStore, WeightTensor } from "./tensor.ts";
import { WeightError } from "./weight-error.ts";
import { fileProblem, tensorProblem, type WeightFileProblem } from "./weight-file-problem.ts";

/** What was read, in the order of the file's bytes; or the first fault. */
export type SafetensorsResult =
  | { readonly ok: true; readonly tensors: WeightStore; readonly metadata: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly problem: WeightFileProblem };

/** The length of the header, a little-endian u64, opens the file. */
const PREFIX = 8;
/** The limit of the format's reference implementation. */
const HEADER_LIMIT = 100_000_000;

/**
 * Reads a safetensors file (huggingface/safetensors, format of 0.4): 8 bytes of header length, a JSON header, then the
 * tensors' bytes. F16, BF16 and F64 become float32. Strict: any byte that no tensor owns, any name twice, any number that is
 * not finite, and any byte of a file of mnet's that is not as it was written is a problem, never an exception. Tensors of whole numbers are one too, unless they are to be skipped.
 */
export function readSafetensors(
  bytes: Uint8Array,
  options: HeaderOptions = { skipIntegers: false },
): SafetensorsResult {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < PREFIX) {
    return refuse(fileProblem("weights/file-length", "at least 8 bytes", `${bytes.length}`));
  }
  const headerLength = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
  if (headerLength > HEADER_LIMIT) {
    return refuse(
      fileProblem("weights/file-header", `a header of at most ${HEADER_LIMIT} bytes`, `one of ${headerLength}`),
    );
  }
  const dataStart = PREFIX + headerLength;
  if (dataStart > bytes.length) {
    const found = `${bytes.length - PREFIX} bytes after the length`;
    return refuse(fileProblem("weights/file-length", `a header of ${headerLength} bytes`, found));
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(PREFIX, dataStart));
  } catch {
    return refuse(fileProblem("weights/file-header", "a header in UTF-8", "bytes that are not"));
  }
  const header = parseHeader(text, bytes.length - dataStart, options);
  if (!header.ok) return header;
  const damaged = checkBytes(bytes.subarray(dataStart), header.value);
  if (damaged !== null) return refuse(damaged);
  const tensors = new Map<string, WeightTensor>();
  for (const entry of header.value.entries) {
    const { name, shape, dtype, begin } = entry;
    if (dtype === null) continue;
    const data = readValues(view, dataStart + begin, dtype, elementsOf(shape));
    const at = data.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) {
      const found = `${data[at]} at index ${at}`;
      return refuse(tensorProblem("weights/not-finite", name, "finite float32 numbers", found));
    }
    tensors.set(name, { name, shape, data });
  }
  return { ok: true, tensors, metadata: header.value.metadata };
}

function refuse(problem: WeightFileProblem): SafetensorsResult {
  return { ok: false, problem };
}

/** Through a DataView: offsets need not be aligned, and the host's byte order does not matter. */
function readValues(view: DataView, begin: number, dtype: FloatDtype, count: number): Float32Array {
  const data = new Float32Array(count);
  for (let i = 0; i < count; i++) data[i] = dtype.read(view, begin + i * dtype.bytes);
  return data;
}

/** The note under which mnet's files keep the CRC-32 of each tensor's bytes, in the order of the bytes. */
const CHECKSUMS = "crc32";

/** Of files that mnet wrote: whether each tensor's bytes are still those that were written. */
function checkBytes(data: Uint8Array, { entries, metadata }: SafetensorsHeader): WeightFileProblem | null {
  const note = metadata.get("format") === "mnet" ? metadata.get(CHECKSUMS) : undefined;
  if (note === undefined) return null;
  const recorded = note === "" ? [] : note.split(" ");
  if (recorded.length !== entries.length) {
    const expected = `${entries.length} checksums in its notes, one a tensor`;
    return fileProblem("weights/file-checksum", expected, `${recorded.length}`);
  }
  for (const [i, { name, begin, end }] of entries.entries()) {
    const found = crc32(data.subarray(begin, end));
    if (found === recorded[i]) continue;
    const expected = `the bytes that were written, of CRC-32 ${cut(recorded[i] ?? "")}`;
    return tensorProblem("weights/file-checksum", name, expected, `others, of ${found}`);
  }
  return null;
}

/**
 * Writes a safetensors file: tensors as F32 in the store's order, metadata by name with `format: "mnet"` and a checksum a tensor, the
 * header padded with spaces so that data begins at a multiple of 8. Same store, same bytes. Throws {@link WeightError} for a tensor
 * that `readSafetensors` would refuse.
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

/** Joined by hand: an object would reorder names that look like numbers and lose "__proto__". */
function jsonPair(key: string, json: string): string {
  return `${JSON.stringify(key)}:${json}`;
}

function checkWritable(name: string, shape: Shape, data: Float32Array): void {
  if (name === "__metadata__") throw new WeightError(name, "named otherwise", "named as the file's own notes");
  const elements = elementsOf(shape);
  if (data.length !== elements) throw new WeightError(name, `${elements} values long`, `${data.length} values long`);
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) throw new WeightError(name, "finite", `${data[at]} at index ${at}`);
}
