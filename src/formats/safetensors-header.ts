import { elementsOf, formatShape } from "../ir/shape.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { floatDtypes, integerBytes, type FloatDtype } from "./float-dtypes.ts";
import { cut, isCount, isObject, show } from "./json-value.ts";
import { fileProblem, quote, tensorProblem, type WeightFileProblem } from "./weight-file-problem.ts";

/** What the header says of a tensor; offsets count from the end of the header. */
export interface TensorEntry {
  readonly name: string;
  /** Null for whole numbers, which a caller may ask to pass over. */
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

type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: WeightFileProblem };

const fail = (problem: WeightFileProblem): { ok: false; problem: WeightFileProblem } => ({ ok: false, problem });

/** What else than floating-point tensors may stand in a file. */
export interface HeaderOptions {
  /** Tensors of whole numbers are entries without a dtype instead of a problem. */
  readonly skipIntegers: boolean;
}

/** Reads and checks the header's text against `dataLength`, the bytes that follow it. */
export function parseHeader(text: string, dataLength: number, options: HeaderOptions): Checked<SafetensorsHeader> {
  if (!text.startsWith("{"))
    return fail(fileProblem("weights/file-header", `a header that begins with "{"`, quote(text.slice(0, 1))));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return fail(fileProblem("weights/file-header", "a header of valid JSON", "text that does not parse"));
  }
  if (!isObject(json)) return fail(fileProblem("weights/file-header", "a JSON object as header", show(json)));
  const twice = duplicateKey(text);
  if (twice !== null)
    return fail(fileProblem("weights/file-header", "each name once in its header", `${quote(twice)} twice`));

  const metadata = new Map<string, string>();
  const entries: TensorEntry[] = [];
  for (const [name, value] of Object.entries(json)) {
    if (name === "__metadata__") {
      if (!isObject(value)) return fail(fileProblem("weights/file-header", `an object as "__metadata__"`, show(value)));
      for (const [key, entry] of Object.entries(value)) {
        if (typeof entry !== "string") {
          return fail(fileProblem("weights/file-header", `a string as metadata ${quote(key)}`, show(entry)));
        }
        metadata.set(key, entry);
      }
      continue;
    }
    const entry = parseEntry(name, value, options);
    if (!entry.ok) return entry;
    entries.push(entry.value);
  }
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  const problem = checkLayout(entries, dataLength);
  return problem === null ? { ok: true, value: { entries, metadata } } : fail(problem);
}

function parseEntry(name: string, value: unknown, options: HeaderOptions): Checked<TensorEntry> {
  const wrong = (expected: string, found: unknown) =>
    fail(tensorProblem("weights/file-header", name, expected, show(found)));
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
    return fail(tensorProblem("weights/file-dtype", name, known, quote(dtype)));
  }
  const [begin, end] = offsets as [number, number];
  const bytes = elementsOf(shape) * size;
  if (end - begin !== bytes) {
    const expected = `${bytes} bytes for shape [${cut(formatShape(shape))}] of ${dtype}`;
    return fail(tensorProblem("weights/file-offsets", name, expected, `${end - begin}, from ${begin} to ${end}`));
  }
  return { ok: true, value: { name, dtype: float, shape, begin, end } };
}

/** The entries, sorted, must cover the data without a hole, an overlap or a rest. */
function checkLayout(entries: readonly TensorEntry[], dataLength: number): WeightFileProblem | null {
  let covered = 0;
  let previous = "the header";
  for (const { name, begin, end } of entries) {
    if (begin !== covered) {
      const fault = begin > covered ? `a hole of ${begin - covered} bytes` : `an overlap of ${covered - begin} bytes`;
      const expected = `its bytes at ${covered}, right behind ${previous}`;
      return tensorProblem("weights/file-offsets", name, expected, `them at ${begin}: ${fault}`);
    }
    if (end > dataLength) {
      return tensorProblem(
        "weights/file-length",
        name,
        `bytes ${begin} to ${end}`,
        `only ${dataLength} bytes of data in the file`,
      );
    }
    covered = end;
    previous = quote(name);
  }
  if (covered === dataLength) return null;
  return fileProblem(
    "weights/file-length",
    `${covered} bytes of data`,
    `${dataLength}: ${dataLength - covered} trailing bytes`,
  );
}
