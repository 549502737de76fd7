import { axesOf } from "../../ir/ops/permute.ts";
import { mapOf } from "../../ir/shape.ts";
import { onlyInput, type Kernel } from "../kernel.ts";

/** Transposes the value: axis a of the output is axis `axes[a]` of the input. */
export const permute: Kernel<"permute"> = (node, inputs) => {
  const { shape, data } = onlyInput(inputs);
  const { w, c } = mapOf(shape);
  const strides = [w * c, c, 1];
  const [down = 0, across = 0, deep = 0] = axesOf(node.order).map((axis) => strides[axis]);
  const out = mapOf(node.shape);
  const result = new Float64Array(data.length);
  let at = 0;
  for (let y = 0; y < out.h; y++) {
    for (let x = 0; x < out.w; x++) {
      for (let channel = 0; channel < out.c; channel++) {
        result[at++] = data[y * down + x * across + channel * deep]!;
      }
    }
  }
  return result;
};
