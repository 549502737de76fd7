import type { Shape } from "../../../ir/shape.ts";

/** A kernel HWIO or HWIM. */
export interface Kernel {
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** Returns the kernel with zeros between its taps. */
export function dilatedKernel({ shape, data }: Kernel, dilation: readonly [number, number]): Kernel {
  const [rows = 0, columns = 0, ...inner] = shape;
  const size = inner.reduce((product, extent) => product * extent, 1);
  const tall = (rows - 1) * dilation[0] + 1;
  const wide = (columns - 1) * dilation[1] + 1;
  const spread = new Float32Array(tall * wide * size);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const from = (row * columns + column) * size;
      const to = (row * dilation[0] * wide + column * dilation[1]) * size;
      spread.set(data.subarray(from, from + size), to);
    }
  }
  return { shape: [tall, wide, ...inner], data: spread };
}

/** Returns the filters of one group of a grouped kernel. They are consecutive along the last axis. */
export function groupOf({ shape, data }: Kernel, groups: number, group: number): Kernel {
  const filters = shape.at(-1) ?? 0;
  const count = filters / groups;
  const part = new Float32Array(data.length / groups);
  for (let i = 0; i < part.length; i++) {
    part[i] = data[Math.floor(i / count) * filters + group * count + (i % count)]!;
  }
  return { shape: [...shape.slice(0, -1), count], data: part };
}

/** tf.js cannot combine a stride with a dilation. For both, the kernel is written with zeros between its taps. */
export function spreadsKernel({
  stride,
  dilation,
}: {
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
}): boolean {
  return Math.max(...stride) > 1 && Math.max(...dilation) > 1;
}
