/** The values of `--precision`: how weights, and values between dispatches, are stored. Sums are float32 either way. */
export const precisions = ["f32", "f16"] as const;
/** How weights, and values between dispatches, are stored. */
export type Precision = (typeof precisions)[number];

/** The type of the numbers in one binding, under WGSL's name. */
export type StorageType = Precision;

const widths: Readonly<Record<StorageType, number>> = { f32: 4, f16: 2 };

/** Counts the bytes that numbers take in a binding. WebGPU requires a multiple of 4 bytes. */
export function storedBytes(type: StorageType, elements: number): number {
  return Math.ceil((elements * widths[type]) / 4) * 4;
}
