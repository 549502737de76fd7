import type { Shape } from "../ir/shape.ts";

/**
 * Swaps the last two axes of a kernel, group by group: `[kh, kw, rows, groups * columns]` becomes `[kh, kw, columns, groups * rows]`. So
 * mnet's kernel of a transposed conv, `[kh, kw, cin / groups, filters]`, becomes the one of TensorFlow and PyTorch, whose input channels
 * come last, and that one becomes mnet's.
 */
export function swapChannels<A extends Float32Array | Float64Array>(data: A, shape: Shape, groups: number): A {
  const [kh = 0, kw = 0, rows = 0, last = 0] = shape;
  const columns = last / groups;
  const swapped = new (data.constructor as new (length: number) => A)(data.length);
  for (let tap = 0; tap < kh * kw; tap++) {
    for (let group = 0; group < groups; group++) {
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const from = (tap * rows + row) * last + group * columns + column;
          swapped[(tap * columns + column) * groups * rows + group * rows + row] = data[from]!;
        }
      }
    }
  }
  return swapped;
}

/** Returns the shape of a kernel whose channels {@link swapChannels} swapped. */
export function swappedShape([kh = 0, kw = 0, rows = 0, last = 0]: Shape, groups: number): Shape {
  return [kh, kw, last / groups, groups * rows];
}
