import { countedPads } from "../../ir/ops/pool.ts";
import { mapOf } from "../../ir/shape.ts";
import { onlyInput, type Kernel } from "../kernel.ts";
import { tapsOnMap } from "../window-taps.ts";

/** The maximum or mean of the window's pixels on the map. If padding is counted, a mean includes its zeros. */
export const pool: Kernel<"pool"> = (node, inputs) => {
  const source = onlyInput(inputs);
  const { h, w, c } = mapOf(source.shape);
  const out = mapOf(node.shape);
  const [kh, kw] = node.kernel;
  const [top, , left] = node.pads;
  const counted = node.countPadding ? countedPads(node, source.shape) : null;
  const result = new Float64Array(out.h * out.w * c);
  for (let y = 0; y < out.h; y++) {
    const row = y * node.stride[0] - top;
    const rows = tapsOnMap(row, kh, 1, h);
    for (let x = 0; x < out.w; x++) {
      const column = x * node.stride[1] - left;
      const columns = tapsOnMap(column, kw, 1, w);
      const count =
        counted === null
          ? (rows.end - rows.begin) * (columns.end - columns.begin)
          : (Math.min(row + kh, h + counted[1]) - row) * (Math.min(column + kw, w + counted[3]) - column);
      const pixel = (y * out.w + x) * c;
      for (let channel = 0; channel < c; channel++) {
        let sum = 0;
        let max = -Infinity;
        for (let ky = rows.begin; ky < rows.end; ky++) {
          for (let kx = columns.begin; kx < columns.end; kx++) {
            const value = source.data[((row + ky) * w + column + kx) * c + channel]!;
            sum += value;
            max = Math.max(max, value);
          }
        }
        result[pixel + channel] = node.mode === "avg" ? sum / count : max;
      }
    }
  }
  return result;
};
