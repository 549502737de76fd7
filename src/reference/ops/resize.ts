import { axisTaps } from "../../ir/ops/resize.ts";
import { mapOf } from "../../ir/shape.ts";
import { onlyInput, type Kernel } from "../kernel.ts";

export const resize: Kernel<"resize"> = (node, inputs) => {
  const { shape, data } = onlyInput(inputs);
  const { h, w, c } = mapOf(shape);
  const out = mapOf(node.shape);
  const columns = axisTaps(node, w, out.w);
  const result = new Float64Array(out.h * out.w * c);
  let at = 0;
  for (const rows of axisTaps(node, h, out.h)) {
    for (const taps of columns) {
      for (let channel = 0; channel < c; channel++) {
        let value = 0;
        for (const row of rows) {
          let line = 0;
          for (const { pixel, share } of taps) line += share * data[(row.pixel * w + pixel) * c + channel]!;
          value += row.share * line;
        }
        result[at] = value;
        at += 1;
      }
    }
  }
  return result;
};
