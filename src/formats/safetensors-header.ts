import { elementsOf, formatShape } from "../ir/shape.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { quote } from "./file-problem.ts";
import { floatDtypes, integerBytes, type FloatDtype } from "./float-dtypes.ts";
import { cut, isCount, isObject, show } from "./json-value.ts";
import { refuseFile, refuseTensor } from "./refusal.ts";

/** The header's entry for a tensor. Offsets count from the end of the header. */
export interface TensorEntry {
  readonly name: string;
  /** Null for an integer tensor that the caller skips. */
  readonly dtype: FloatDtype | null;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  /** In the order of their bytes. */
  readonly entries: readonly TensorEntry[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** What a file may contain besides floating-point tensors. */
export interface HeaderOptions {
  /** True to skip integer tensors. Otherwise such a tensor is a problem. */
  readonly skipIntegers: boolean;
}

/** The entry that contains the file's metadata instead of a tensor. */
const NOTES = "__metadata__";

/**
 * Parses the header's text and compares it with `dataLength`, the number of bytes after the header. Refuses the file
 * if they do not fit.
 */
export function parseHeader(text: string, dataLength: number, options: HeaderOptions): SafetensorsHeader {
  if (!text.startsWith("{"))
    refuseFile("weights/file-header", `a header that begins with "{"`, quote(text.slice(0, 1)));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    refuseFile("weights/file-header", "a header of valid JSON", "text that does not parse");
  }
  if (!isObject(json)) refuseFile("weights/file-header", "a JSON object as header", show(json));
  const twice = duplicateKey(text);
  if (twice !== null) refuseFile("weights/file-header", "each name once in its header", `${quote(twice)} twice`);
  const metadata = Object.hasOwn(json, NOTES) ? parseMetadata(json[NOTES]) : new Map<string, string>();
  const entries = Object.entries(json)
    .filter(([name]) => name !== NOTES)
    .map(([name, value]) => parseEntry(name, value, options));
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkLayout(entries, dataLength);
  return { entries, metadata };
}

function parseMetadata(notes: unknown): ReadonlyMap<string, string> {
  if (!isObject(notes)) refuseFile("weights/file-header", `an object as "${NOTES}"`, show(notes));
  const metadata = new Map<string, string>();
  for (const [key, value] of Object.entries(notes)) {
    if (typeof value !== "string") {
      refuseFile("weights/file-header", `a string as metadata ${quote(key)}`, show(value));
    }
    metadata.set(key, value);
  }
  return metadata;
}

function parseEntry(name: string, value: unknown, options: HeaderOptions): TensorEntry {
  const wrong = (expected: string, found: unknown) => refuseTensor("weights/file-header", name, expected, show(found));
  if (!isObject(value)) return wrong("an object with dtype, shape and data_offsets", value);
  const { dtype, shape, data_offsets: offsets, ...rest } = value;
  const [extra] = Object.keys(rest);
  if (extra !== undefined) return wrong("dtype, shape and data_offsets alone", extra);
  if (typeof dtype !== "string") return wrong("a string as dtype", dtype);
  if (!Array.isArray(shape) || !shape.every(isCount)) return wrong("a list of whole numbers as shape", shape);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    return wrong("two whole numbers as data_offsets", offsets);
  }
  const float = floatDtypes.get(dtype) ?? null;
  const size = float?.bytes ?? (options.skipIntegers ? integerBytes.get(dtype) : undefined);
  if (size === undefined) {
    const known = `a floating-point dtype (${[...floatDtypes.keys()].join(", ")})`;
    return refuseTensor("weights/file-dtype", name, known, quote(dtype));
  }
  const [begin, end] = offsets as [number, number];
  const bytes = elementsOf(shape) * size;
  if (end - begin !== bytes) {
    const expected = `${bytes} bytes for shape [${cut(formatShape(shape))}] of ${dtype}`;
    refuseTensor("weights/file-offsets", name, expected, `${end - begin}, from ${begin} to ${end}`);
  }
  return { name, dtype: float, shape, begin, end };
}

/** Refuses entries, sorted by offset, that leave a hole, overlap, or do not cover the data to its end. */
function checkLayout(entries: readonly TensorEntry[], dataLength: number): void {
  let covered = 0;
  let previous = "the header";
  for (const { name, begin, end } of entries) {
    if (begin !== covered) {
      const fault = begin > covered ? `a hole of ${begin - covered} bytes` : `an overlap of ${covered - begin} bytes`;
      const expected = `its bytes at ${covered}, right after ${previous}`;
      refuseTensor("weights/file-offsets", name, expected, `them at ${begin}: ${fault}`);
    }
    if (end > dataLength) {
      const found = `only ${dataLength} bytes of data in the file`;
      refuseTensor("weights/file-length", name, `bytes ${begin} to ${end}`, found);
    }
    covered = end;
    previous = quote(name);
  }
  if (covered === dataLength) return;
  const found = `${dataLength}: ${dataLength - covered} trailing bytes`;
  refuseFile("weights/file-length", `${covered} bytes of data`, found);
}
