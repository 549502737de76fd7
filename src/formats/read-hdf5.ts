import { Dataset, File as HdfFile, Group, ready } from "h5wasm";
import { elementsOf, formatShape } from "../ir/shape.ts";
import { cut } from "./json-value.ts";
import type { WeightTensor } from "./tensor.ts";
import { fileProblem, quote, type FileResult } from "./file-problem.ts";
import type { Hdf5File } from "./hdf5-file.ts";
import { checkHdf5Length } from "./hdf5-superblock.ts";
import { refusalOf, refuseFile, refuseTensor } from "./refusal.ts";
import { compareNatural } from "../text/compare-natural.ts";

/** The limits of the group depth and of the number of objects. They are necessary because links can form a loop. */
const deepest = 32;
const mostObjects = 100_000;
/** The largest expansion of one byte by deflate. A valid dataset is at most this many times as large as its file. */
const bestCompression = 1032;
const mostBytes = 2 ** 30;

let files = 0;

/**
 * Reads a file with the HDF Group's library, compiled to WebAssembly. The library sees only files in memory, so a link
 * to another file finds nothing. A damaged file can crash that library or keep it running for ever, so untrusted files
 * must be read in a separate process or thread.
 */
export async function readHdf5(bytes: Uint8Array, skip: readonly string[]): Promise<FileResult<Hdf5File>> {
  const module = await ready;
  // The library remembers the names of all files that were opened, even after a failure, so each file gets a new name.
  const name = `/${files++}.h5`;
  try {
    checkHdf5Length(bytes);
    // This makes failures exceptions. Otherwise a failure is a negative number that h5wasm mostly ignores, and the
    // file seems to be empty.
    module.activate_throwing_error_handler();
    module.FS.writeFile(name, bytes);
    try {
      const file = new HdfFile(name, "r");
      const read = readGroups(file, { length: bytes.length, skip });
      file.close();
      return { ok: true, value: read };
    } finally {
      module.FS.unlink(name);
    }
  } catch (cause) {
    const found = `one that HDF5 refuses: ${reason(cause)}`;
    const problem = fileProblem("weights/file-format", "an HDF5 file that can be read", found);
    return { ok: false, problem: refusalOf(cause) ?? problem };
  }
}

/**
 * Returns the innermost line of HDF5's own error stack, `#004: H5Fsuper.c line 100 in H5F__super_read(): truncated
 * file`.
 */
function reason(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  const lines = text.split("\n").flatMap((line) => /^ *#\d+: .*\(\): (.*)$/.exec(line)?.slice(1) ?? []);
  return cut(lines.at(-1) ?? text.split("\n", 1)[0] ?? "");
}

/** Runs a call of HDF5. If it fails, the problem names the group or dataset of the call. */
function inHdf5<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (cause) {
    if (path === "" || refusalOf(cause) !== null) throw cause;
    return refuseTensor("weights/file-format", path, "what HDF5 can read", `a fault: ${reason(cause)}`);
  }
}

interface Limits {
  /** Bytes of the file. */
  readonly length: number;
  readonly skip: readonly string[];
}

function readGroups(root: Group, { length, skip }: Limits): Hdf5File {
  const groups = new Set<string>();
  const tensors = new Map<string, WeightTensor>();
  const passedOver = new Map<string, string>();
  const texts = new Map<string, ReadonlyMap<string, readonly string[]>>();
  let objects = 0;
  let left = Math.min(length * bestCompression, mostBytes);
  const visit = (group: Group, path: string, depth: number): void => {
    if (depth > deepest) refuseFile("weights/file-format", `groups at most ${deepest} deep`, `more in ${quote(path)}`);
    groups.add(path);
    texts.set(
      path,
      inHdf5(path, () => textsOf(group)),
    );
    for (const key of inHdf5(path, () => group.keys()).sort(compareNatural)) {
      objects += 1;
      if (objects > mostObjects) refuseFile("weights/file-format", `at most ${mostObjects} objects`, "more");
      if (path === "" && skip.includes(key)) continue;
      const at = path === "" ? key : `${path}/${key}`;
      const entity = inHdf5(at, () => group.get(key));
      if (entity instanceof Group) visit(entity, at, depth + 1);
      else if (entity instanceof Dataset) {
        const found = inHdf5(at, () => readDataset(entity, at, left));
        if (typeof found === "string") passedOver.set(at, found);
        else {
          left -= found.data.byteLength;
          tensors.set(at, found);
        }
      } else refuseTensor("weights/file-format", at, "its data in the file", "a link that leads nowhere in it");
    }
  };
  visit(root, "", 0);
  return { groups, tensors, passedOver, texts };
}

function textsOf(group: Group): ReadonlyMap<string, readonly string[]> {
  const texts = new Map<string, readonly string[]>();
  for (const [name, { dtype, value }] of Object.entries(group.attrs)) {
    if (typeof dtype !== "string" || !/^[SA]/.test(dtype)) continue;
    const list = Array.isArray(value) ? value : [value];
    if (list.every((item) => typeof item === "string")) texts.set(name, list);
  }
  return texts;
}

const floats: ReadonlyMap<unknown, number> = new Map([
  ["<f", 4],
  [">f", 4],
  ["<d", 8],
  [">d", 8],
]);

/** The accepted filters: deflate, shuffle and fletcher32, by HDF5's numbers. */
const filters: ReadonlySet<number> = new Set([1, 2, 3]);

/** Reads a float dataset of at most `left` bytes, or returns the type of another dataset in words. */
function readDataset(dataset: Dataset, path: string, left: number): WeightTensor | string {
  const { dtype, shape } = dataset;
  const size = floats.get(dtype);
  if (size === undefined) return describeType(dtype);
  if (shape === null) refuseTensor("weights/file-header", path, "a shape", "none");
  if (dataset.metadata.virtual_sources !== undefined) {
    refuseTensor("weights/file-format", path, "its data in the file", "a view of other files");
  }
  const filter = dataset.filters.find(({ id }) => !filters.has(id));
  if (filter !== undefined) {
    const found = `the filter ${quote(filter.name)}, number ${filter.id}`;
    refuseTensor("weights/file-format", path, "no filter but deflate, shuffle and checksums", found);
  }
  const elements = elementsOf(shape);
  if (elements * size > left) {
    const found = `${elements * size} for shape [${cut(formatShape(shape))}]`;
    refuseTensor("weights/file-length", path, `at most ${left} bytes, all that its file can hold`, found);
  }
  const data = numbers(dataset.value);
  if (data.length !== elements) refuseTensor("weights/file-length", path, `${elements} numbers`, `${data.length}`);
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) refuseTensor("weights/not-finite", path, "finite float32 numbers", `${data[at]} at index ${at}`);
  return { name: path, shape, data };
}

function describeType(dtype: Dataset["dtype"]): string {
  if (dtype === "<e" || dtype === ">e") return "float16";
  const [, kind = ""] = typeof dtype === "string" ? (/^[<>]?([a-zA-Z])/.exec(dtype) ?? []) : [];
  return /^[bhiq]$/i.test(kind) ? "whole numbers" : /^[SA]$/.test(kind) ? "text" : "another type";
}

/**
 * HDF5 returns the numbers in little-endian order, whatever their stored order is. A scalar is returned as a plain
 * number.
 */
function numbers(value: Dataset["value"]): Float32Array {
  if (typeof value === "number") return Float32Array.of(value);
  if (value instanceof Float32Array) return value;
  return value instanceof Float64Array ? Float32Array.from(value) : new Float32Array();
}
