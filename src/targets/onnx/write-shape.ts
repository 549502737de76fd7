import { axesOf, type AxisOrder } from "../../ir/ops/permute.ts";
import type { Shape } from "../../ir/shape.ts";
import type { OnnxWriter } from "./onnx-writer.ts";

/** Returns the shape of a value as ONNX has it: NCHW for a map, `[1, n]` for a vector. */
export function onnxShape(shape: Shape): Shape {
  const [h, w, c] = shape;
  return shape.length === 3 ? [1, c ?? 0, h ?? 0, w ?? 0] : [1, ...shape];
}

/** Tells whether a value has one pixel, so that NCHW and NHWC hold it alike. */
function isPixel(shape: Shape): boolean {
  return shape.length !== 3 || (shape[0] === 1 && shape[1] === 1);
}

/** Writes a value under another shape. Its numbers are counted row by row, the channels of a pixel together, which is NHWC. */
export function writeReshape({ add, ints }: OnnxWriter, name: string, x: string, input: Shape, shape: Shape): void {
  const rows = isPixel(input) ? x : add(`${name}/rows`, "Transpose", [x], { perm: [0, 2, 3, 1] });
  if (isPixel(shape)) {
    add(name, "Reshape", [rows, ints(onnxShape(shape))]);
    return;
  }
  const shaped = add(`${name}/shaped`, "Reshape", [rows, ints([1, ...shape])]);
  add(name, "Transpose", [shaped], { perm: [0, 3, 1, 2] });
}

/** Writes the axes of a map in another order. */
export function writePermute({ add }: OnnxWriter, name: string, x: string, order: AxisOrder): void {
  const [down, across, deep] = axesOf(order);
  // Where NCHW has rows, columns and channels.
  const place = [2, 3, 1];
  add(name, "Transpose", [x], { perm: [0, ...[deep, down, across].map((axis) => place[axis] ?? 0)] });
}
