import * as z from "zod";

/** `[vertical, horizontal]` */
export const pairSchema = z.tuple([z.int().min(1), z.int().min(1)]).readonly();
export type Pair = z.infer<typeof pairSchema>;

/** Zeros added on each side: `[top, bottom, left, right]`. */
export const padsSchema = z.tuple([z.int().min(0), z.int().min(0), z.int().min(0), z.int().min(0)]).readonly();
/** The number of zeros on each side of a map: top, bottom, left, right. */
export type Pads = z.infer<typeof padsSchema>;

/** The number of zeros before and after an axis: `[before, after]`. */
export const endsSchema = z.tuple([z.int().min(0), z.int().min(0)]).readonly();
export type Ends = z.infer<typeof endsSchema>;

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
  /**
   * True if the last window may extend beyond the padding, provided that it starts before the padding ends: PyTorch's
   * `ceil_mode`.
   */
  readonly ceil?: boolean;
}

/** Returns the extent that a dilated kernel covers. */
export function effectiveKernel(kernel: number, dilation: number): number {
  return dilation * (kernel - 1) + 1;
}

/** Returns the number of windows along one axis, and the zeros before and after the axis. */
function resolveAxis(window: Window, axis: 0 | 1, extent: number) {
  const { padding } = window;
  const [kernel, stride, dilation] = [window.kernel[axis], window.stride[axis], window.dilation[axis]];
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
  const steps = (extent + before + after - covered) / stride;
  if (window.ceil !== true) return { out: Math.floor(steps) + 1, before, after };
  const most = Math.ceil(steps) + 1;
  const out = (most - 1) * stride < extent + before ? most : most - 1;
  return { out, before, after: Math.max(after, (out - 1) * stride + covered - extent - before) };
}

/**
 * Returns the output extents and the four pads of a window that slides over an `h` x `w` map. Extents below 1 mean that the kernel does
 * not fit. With TensorFlow's `same` an extent is ceil(extent / stride).
 */
export function slide(window: Window, h: number, w: number): { h: number; w: number; pads: Pads } {
  const rows = resolveAxis(window, 0, h);
  const columns = resolveAxis(window, 1, w);
  return { h: rows.out, w: columns.out, pads: [rows.before, rows.after, columns.before, columns.after] };
}
