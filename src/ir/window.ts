import * as z from "zod";

/** `[vertical, horizontal]` */
export const pairSchema = z.tuple([z.int().min(1), z.int().min(1)]).readonly();
export type Pair = z.infer<typeof pairSchema>;

/** Zeros added on each side: `[top, bottom, left, right]`. */
export const padsSchema = z.tuple([z.int().min(0), z.int().min(0), z.int().min(0), z.int().min(0)]).readonly();
export type Pads = z.infer<typeof padsSchema>;

/**
 * `same` is TensorFlow's (the odd pixel goes to the bottom and right), `torch` is `floor(dilation * (k - 1) / 2)` a side,
 * four numbers are `[top, bottom, left, right]`.
 */
export const paddingSchema = z.union([z.enum(["same", "valid", "torch"]), padsSchema]);
export type Padding = z.infer<typeof paddingSchema>;

export interface Window {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: Padding;
}

/** Extent a dilated kernel covers. */
export function effectiveKernel(kernel: number, dilation: number): number {
  return dilation * (kernel - 1) + 1;
}

function resolveAxis(extent: number, kernel: number, stride: number, dilation: number, padding: Padding, axis: 0 | 1) {
  const covered = effectiveKernel(kernel, dilation);
  let before = 0;
  let after = 0;
  if (padding === "same") {
    const needed = Math.max(0, (Math.ceil(extent / stride) - 1) * stride + covered - extent);
    before = Math.floor(needed / 2);
    after = needed - before;
  } else if (padding === "torch") {
    before = Math.floor((dilation * (kernel - 1)) / 2);
    after = before;
  } else if (padding !== "valid") {
    before = padding[axis * 2] ?? 0;
    after = padding[axis * 2 + 1] ?? 0;
  }
  return { out: Math.floor((extent + before + after - covered) / stride) + 1, before, after };
}

/**
 * Output extents and the four pads of a window sliding over an `h` x `w` map. Extents below 1 mean that the kernel does
 * not fit. TensorFlow's `same`: ceil(extent / stride).
 */
export function slide(window: Window, h: number, w: number): { h: number; w: number; pads: Pads } {
  const { kernel, stride, dilation, padding } = window;
  const rows = resolveAxis(h, kernel[0], stride[0], dilation[0], padding, 0);
  const columns = resolveAxis(w, kernel[1], stride[1], dilation[1], padding, 1);
  return { h: rows.out, w: columns.out, pads: [rows.before, rows.after, columns.before, columns.after] };
}
