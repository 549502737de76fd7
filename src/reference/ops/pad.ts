import type { PadOp } from "../../ir/ops/pad.ts";
import { mapOf } from "../../ir/shape.ts";
import { onlyInput, type Kernel } from "../kernel.ts";

export const pad: Kernel<"pad"> = (node, inputs) => {
  const { shape, data } = onlyInput(inputs);
  const { h, w, c } = mapOf(shape);
  const out = mapOf(node.shape);
  const rows = sources(out.h, node.margins[0], h, node.mode);
  const columns = sources(out.w, node.margins[2], w, node.mode);
  const result = new Float64Array(out.h * out.w * out.c).fill(node.value);
  for (const [y, row] of rows.entries()) {
    for (const [x, column] of columns.entries()) {
      if (row === null || column === null) continue;
      const from = (row * w + column) * c;
      result.set(data.subarray(from, from + c), (y * out.w + x) * out.c + node.channels[0]);
    }
  }
  return result;
};

/** Returns, for each row of the output, the row of the input that it copies, or null for a row of the constant. */
function sources(count: number, before: number, extent: number, mode: PadOp["mode"]): readonly (number | null)[] {
  return Array.from({ length: count }, (_unused, i) => {
    const at = i - before;
    if (at >= 0 && at < extent) return at;
    if (mode === "constant") return null;
    if (mode === "replicate") return at < 0 ? 0 : extent - 1;
    return at < 0 ? -at : 2 * (extent - 1) - at;
  });
}
