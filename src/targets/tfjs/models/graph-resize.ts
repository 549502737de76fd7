import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { axisTaps } from "../../../ir/ops/resize.ts";
import { mapOf, type Shape } from "../../../ir/shape.ts";
import type { GraphWriter } from "./graph-writer.ts";

/** Writes a resize. TensorFlow has its bilinear ones, and nearest ones by whole factors; the others are products with constant matrices. */
export function writeResize(
  { add, ints, floats }: GraphWriter,
  name: string,
  node: ShapedNodeOf<"resize">,
  x: string,
  input: Shape,
): void {
  const { h, w, c } = mapOf(input);
  const out = mapOf(node.shape);
  const half = { align_corners: { b: false }, half_pixel_centers: { b: true } };
  const size = () => ints("size", [out.h, out.w]);
  if (node.mode === "nearest" && repeatsPixels(node, input)) {
    add(name, "ResizeNearestNeighbor", [x, size()], half);
    return;
  }
  if (node.mode === "bilinear") {
    const aligned = node.coordinates === "align_corners";
    const attributes = { align_corners: { b: aligned }, half_pixel_centers: { b: node.coordinates === "half_pixel" } };
    add(name, "ResizeBilinear", [x, size()], attributes);
    return;
  }
  const matrix = (axis: string, from: number, to: number): string => {
    const shares = new Float32Array(to * from);
    for (const [i, taps] of axisTaps(node, from, to).entries()) {
      for (const { pixel, share } of taps) shares[i * from + pixel]! += share;
    }
    return floats(`${name}/${axis}_shares`, [1, to, from], shares);
  };
  const rows = add(`${name}/rows`, "Reshape", [x, ints("shape", [-1, h, w * c])]);
  const tall = add(`${name}/tall`, "BatchMatMulV2", [matrix("row", h, out.h), rows]);
  const lines = add(`${name}/lines`, "Reshape", [tall, ints("shape", [-1, w, c])]);
  const wide = add(`${name}/wide`, "BatchMatMulV2", [matrix("column", w, out.w), lines]);
  add(name, "Reshape", [wide, ints("shape", [-1, out.h, out.w, c])]);
}

/** Tells whether a nearest resize repeats each pixel equally often. */
export function repeatsPixels({ coordinates, shape }: ShapedNodeOf<"resize">, input: Shape): boolean {
  const [out, from] = [mapOf(shape), mapOf(input)];
  return coordinates !== "align_corners" && out.h % from.h === 0 && out.w % from.w === 0;
}
