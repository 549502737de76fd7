import { halfValue } from "./half.ts";

/** A floating-point type of a file: its size, and a function that reads a number as float32. */
export interface FloatDtype {
  readonly bytes: number;
  readonly read: (view: DataView, offset: number) => number;
}

const scratch = new DataView(new ArrayBuffer(4));

/** bfloat16: the upper half of a float32. */
function readBrainFloat(view: DataView, offset: number): number {
  scratch.setUint32(0, view.getUint16(offset, true) << 16);
  return scratch.getFloat32(0);
}

/**
 * The dtypes of safetensors for weights, little-endian. F64 is rounded to float32, and becomes infinite beyond its
 * range.
 */
export const floatDtypes: ReadonlyMap<string, FloatDtype> = new Map([
  ["F16", { bytes: 2, read: (view, offset) => halfValue(view.getUint16(offset, true)) }],
  ["BF16", { bytes: 2, read: readBrainFloat }],
  ["F32", { bytes: 4, read: (view, offset) => view.getFloat32(offset, true) }],
  ["F64", { bytes: 8, read: (view, offset) => view.getFloat64(offset, true) }],
]);

/**
 * The bytes of an element of the integer and boolean dtypes. They are never weights. PyTorch's `num_batches_tracked`
 * has such a dtype.
 */
export const integerBytes: ReadonlyMap<string, number> = new Map([
  ["BOOL", 1],
  ["U8", 1],
  ["I8", 1],
  ["U16", 2],
  ["I16", 2],
  ["U32", 4],
  ["I32", 4],
  ["U64", 8],
  ["I64", 8],
]);
