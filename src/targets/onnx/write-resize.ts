import type { ShapedNodeOf } from "../../ir/graph.ts";
import { axisTaps } from "../../ir/ops/resize.ts";
import { mapOf, type Shape } from "../../ir/shape.ts";
import type { OnnxWriter } from "./onnx-writer.ts";

/**
 * Writes a resize. One by nearest neighbour that does not repeat pixels gathers them: a runtime's place in float32 can fall on the wrong
 * side of a border between two.
 */
export function writeResize(
  { add, ints }: OnnxWriter,
  name: string,
  node: ShapedNodeOf<"resize">,
  x: string,
  input: Shape,
): void {
  const { h, w, c } = mapOf(input);
  const out = mapOf(node.shape);
  const resized = (attributes: Readonly<Record<string, string | { readonly float: number }>>) =>
    add(name, "Resize", [x, "", "", ints([1, c, out.h, out.w])], attributes);
  if (node.mode === "bilinear") {
    resized({ mode: "linear", coordinate_transformation_mode: node.coordinates });
  } else if (node.mode === "bicubic") {
    const cubic = { mode: "cubic", cubic_coeff_a: { float: -0.75 } };
    resized({ ...cubic, coordinate_transformation_mode: node.coordinates });
  } else if (node.coordinates !== "align_corners" && out.h % h === 0 && out.w % w === 0) {
    resized({ mode: "nearest", coordinate_transformation_mode: "asymmetric", nearest_mode: "floor" });
  } else {
    const pixels = (from: number, to: number) => ints(axisTaps(node, from, to).map(([tap]) => tap?.pixel ?? 0));
    const rows = add(`${name}/rows`, "Gather", [x, pixels(h, out.h)], { axis: 2 });
    add(name, "Gather", [rows, pixels(w, out.w)], { axis: 3 });
  }
}
