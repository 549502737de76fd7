import { mapOf } from "../../ir/shape.ts";
import { onlyInput, type Kernel } from "../kernel.ts";

export const crop: Kernel<"crop"> = (node, inputs) => {
  const { shape, data } = onlyInput(inputs);
  const { w } = mapOf(shape);
  const out = mapOf(node.shape);
  const [top, , left] = node.margins;
  const result = new Float64Array(out.h * out.w * out.c);
  for (let y = 0; y < out.h; y++) {
    const from = ((y + top) * w + left) * out.c;
    result.set(data.subarray(from, from + out.w * out.c), y * out.w * out.c);
  }
  return result;
};
