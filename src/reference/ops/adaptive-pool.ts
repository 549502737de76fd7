import { axisWindows } from "../../ir/ops/adaptive-pool.ts";
import { mapOf } from "../../ir/shape.ts";
import { onlyInput, type Kernel } from "../kernel.ts";

export const adaptivePool: Kernel<"adaptive_pool"> = (node, inputs) => {
  const { shape, data } = onlyInput(inputs);
  const { h, w, c } = mapOf(shape);
  const columns = axisWindows(w, node.size[1]);
  const result = new Float64Array(node.size[0] * node.size[1] * c);
  let at = 0;
  for (const rows of axisWindows(h, node.size[0])) {
    for (const { begin, end } of columns) {
      const count = (rows.end - rows.begin) * (end - begin);
      for (let channel = 0; channel < c; channel++) {
        let sum = 0;
        let max = -Infinity;
        for (let y = rows.begin; y < rows.end; y++) {
          for (let x = begin; x < end; x++) {
            const value = data[(y * w + x) * c + channel]!;
            sum += value;
            max = Math.max(max, value);
          }
        }
        result[at] = node.mode === "avg" ? sum / count : max;
        at += 1;
      }
    }
  }
  return result;
};
