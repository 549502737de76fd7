import { mapOf } from "../../ir/shape.ts";
import { onlyInput, type Kernel } from "../kernel.ts";

/** Where an output coordinate reads along one axis: two neighbours and the weight of the second. */
interface Sample {
  readonly low: number;
  readonly high: number;
  readonly fraction: number;
}

/**
 * Half-pixel centres: output i lies at (i + 0.5) / factor - 0.5, clamped to the map. `nearest` with a whole factor is
 * floor(i / factor).
 */
function samples(extent: number, factor: number, mode: "nearest" | "bilinear"): readonly Sample[] {
  return Array.from({ length: extent * factor }, (_unused, i) => {
    if (mode === "nearest") return { low: Math.floor(i / factor), high: Math.floor(i / factor), fraction: 0 };
    const at = Math.min(extent - 1, Math.max(0, (i + 0.5) / factor - 0.5));
    const low = Math.floor(at);
    return { low, high: Math.min(extent - 1, low + 1), fraction: at - low };
  });
}

export const upsample: Kernel<"upsample"> = (node, inputs) => {
  const { shape, data } = onlyInput(inputs);
  const { h, w, c } = mapOf(shape);
  const rows = samples(h, node.factor[0], node.mode);
  const columns = samples(w, node.factor[1], node.mode);
  const result = new Float64Array(rows.length * columns.length * c);
  let at = 0;
  for (const row of rows) {
    for (const column of columns) {
      const corner = (y: number, x: number) => (y * w + x) * c;
      const topLeft = corner(row.low, column.low);
      const topRight = corner(row.low, column.high);
      const bottomLeft = corner(row.high, column.low);
      const bottomRight = corner(row.high, column.high);
      for (let channel = 0; channel < c; channel++) {
        const top = mix(data[topLeft + channel]!, data[topRight + channel]!, column.fraction);
        const bottom = mix(data[bottomLeft + channel]!, data[bottomRight + channel]!, column.fraction);
        result[at] = mix(top, bottom, row.fraction);
        at += 1;
      }
    }
  }
  return result;
};

/** Reads the second value only where it has a weight: a whole coordinate is exact, and an infinity beside it stays there. */
function mix(first: number, second: number, fraction: number): number {
  return fraction === 0 ? first : first + (second - first) * fraction;
}
