import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { countedPads } from "../../../ir/ops/pool.ts";
import { axisWindows } from "../../../ir/ops/adaptive-pool.ts";
import { mapOf, type Shape } from "../../../ir/shape.ts";
import { isZero, padsAsSame } from "../padding.ts";
import { intList, word, type Attribute, type GraphWriter } from "./graph-writer.ts";

type WindowNode = ShapedNodeOf<"conv"> | ShapedNodeOf<"depthwise"> | ShapedNodeOf<"pool">;

/** The padding value of a maximum pool: it is not above any float32 in a map, so it is never the maximum. */
const LOWEST = -3.4028234663852886e38;

/** Returns TensorFlow's word for how a window pads. */
export function paddingWord(node: WindowNode, input: Shape): "SAME" | "VALID" | "EXPLICIT" {
  if (isZero(node.pads)) return "VALID";
  return padsAsSame({ node, input }) ? "SAME" : "EXPLICIT";
}

/** Returns the attributes that every window has. */
export function windowAttributes(
  stride: readonly [number, number],
  padding: "SAME" | "VALID" | "EXPLICIT",
): Record<string, Attribute> {
  return { strides: intList([1, ...stride, 1]), padding: word(padding), data_format: word("NHWC") };
}

/**
 * Writes a pool. If the pads are neither SAME nor VALID, a separate node pads the map, and an average pool is
 * corrected for the pixels on the padding.
 */
export function writePool(writer: GraphWriter, name: string, node: ShapedNodeOf<"pool">, x: string, input: Shape) {
  const { add, ints, scalar, floats } = writer;
  const max = node.mode === "max";
  const op = max ? "MaxPool" : "AvgPool";
  const ksize = intList([1, ...node.kernel, 1]);
  const padding = paddingWord(node, input);
  const counts = !max && node.countPadding && padding !== "VALID";
  if (padding !== "EXPLICIT" && !counts)
    return add(name, op, [x], { ksize, ...windowAttributes(node.stride, padding) });
  const paddings = ints("paddings", [0, 0, ...node.pads, 0, 0], [4, 2]);
  const padded = max
    ? add(`${name}/pad`, "PadV2", [x, paddings, scalar(LOWEST)])
    : add(`${name}/pad`, "Pad", [x, paddings]);
  const attributes = { ksize, ...windowAttributes(node.stride, "VALID") };
  const shares = max ? null : averageShares(node, input);
  if (shares === null) return add(name, op, [padded], attributes);
  const { h, w } = mapOf(node.shape);
  const pooled = add(`${name}/pool`, op, [padded], attributes);
  return add(name, "Mul", [pooled, floats(`${name}/shares`, [1, h, w, 1], shares)]);
}

/**
 * Returns, for each output position, the size of the window divided by the number of its pixels on the map. Returns
 * null if every window is entirely on the map. Padding that counts belongs to the map.
 */
function averageShares(node: ShapedNodeOf<"pool">, input: Shape): Float32Array | null {
  const { h, w } = mapOf(input);
  const out = mapOf(node.shape);
  const counted = countedPads(node, input);
  const onMap = (place: number, axis: 0 | 1, before: number, extent: number): number => {
    const first = place * node.stride[axis] - before;
    const end = extent + counted[axis * 2 + 1]!;
    return Math.min(first + node.kernel[axis], end) - Math.max(first, -counted[axis * 2]!);
  };
  const area = node.kernel[0] * node.kernel[1];
  const shares = Float32Array.from({ length: out.h * out.w }, (_unused, place) => {
    const rows = onMap(Math.floor(place / out.w), 0, node.pads[0], h);
    return area / (rows * onMap(place % out.w, 1, node.pads[2], w));
  });
  return shares.every((share) => share === 1) ? null : shares;
}

/** Writes a pool to a stated size: a plain pool where the extents divide, else each row of windows and each column on its own. */
export function writeAdaptivePool(
  { add, ints }: GraphWriter,
  name: string,
  node: ShapedNodeOf<"adaptive_pool">,
  x: string,
  input: Shape,
) {
  const { h, w } = mapOf(input);
  const [rows, columns] = node.size;
  const average = node.mode === "avg";
  if (h % rows === 0 && w % columns === 0) {
    const window = [h / rows, w / columns] as const;
    const attributes = { ksize: intList([1, ...window, 1]), ...windowAttributes(window, "VALID") };
    return add(name, average ? "AvgPool" : "MaxPool", [x], attributes);
  }
  const along = (named: string, from: string, axis: 1 | 2, extent: number, count: number): string => {
    const parts = axisWindows(extent, count).map(({ begin, end }, i) => {
      const start = ints("begin", axis === 1 ? [0, begin, 0, 0] : [0, 0, begin, 0]);
      const size = ints("size", axis === 1 ? [-1, end - begin, -1, -1] : [-1, -1, end - begin, -1]);
      const part = add(`${named}/part${i}`, "Slice", [from, start, size]);
      return add(`${named}/window${i}`, average ? "Mean" : "Max", [part, ints("axes", [axis])], {
        keep_dims: { b: true },
      });
    });
    return add(named, "ConcatV2", [...parts, ints("axis", axis)], { N: { i: String(count) } });
  };
  return along(name, along(`${name}/rows`, x, 1, h, rows), 2, w, columns);
}
