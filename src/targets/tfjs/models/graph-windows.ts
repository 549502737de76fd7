import type { ShapedNodeOf } from "../../../ir/graph.ts";
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
  if (padding !== "EXPLICIT") return add(name, op, [x], { ksize, ...windowAttributes(node.stride, padding) });
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
 * null if every window is entirely on the map.
 */
function averageShares(node: ShapedNodeOf<"pool">, input: Shape): Float32Array | null {
  const { h, w } = mapOf(input);
  const out = mapOf(node.shape);
  const onMap = (place: number, axis: 0 | 1, before: number, extent: number): number => {
    const first = place * node.stride[axis] - before;
    return Math.min(first + node.kernel[axis], extent) - Math.max(first, 0);
  };
  const area = node.kernel[0] * node.kernel[1];
  const shares = Float32Array.from({ length: out.h * out.w }, (_unused, place) => {
    const rows = onMap(Math.floor(place / out.w), 0, node.pads[0], h);
    return area / (rows * onMap(place % out.w, 1, node.pads[2], w));
  });
  return shares.every((share) => share === 1) ? null : shares;
}
