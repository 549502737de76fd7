import type { ShapedNodeOf } from "../../ir/graph.ts";
import { axisWindows } from "../../ir/ops/adaptive-pool.ts";
import { countedPads } from "../../ir/ops/pool.ts";
import { mapOf, type Shape } from "../../ir/shape.ts";
import type { Pads, Pair } from "../../ir/window.ts";
import { onnxPads } from "./onnx-pads.ts";
import type { OnnxWriter } from "./onnx-writer.ts";

/**
 * Writes a pool. What is counted is a node of zeros before it, so that what the last windows reach beyond that is left out: runtimes
 * differ in what `ceil_mode` counts.
 */
export function writePool(writer: OnnxWriter, name: string, node: ShapedNodeOf<"pool">, x: string, input: Shape): void {
  const { add, ints, scalar } = writer;
  const counted = countedPads(node, input);
  const [top, bottom, left, right] = counted;
  const padded = counted.some((pad) => pad > 0)
    ? add(`${name}/pad`, "Pad", [x, ints([0, 0, top, left, 0, 0, bottom, right]), scalar(0)], { mode: "constant" })
    : apartFromPad(writer, name, x);
  const rest: Pads = [node.pads[0] - top, node.pads[1] - bottom, node.pads[2] - left, node.pads[3] - right];
  slidingPool(writer, name, node, padded, rest);
}

/**
 * Puts a maximum of one value, which is that value, between a pad and a pool. ONNX Runtime 1.30 would make the zeros of the pad pads of the
 * pool (its PadFusion, github.com/microsoft/onnxruntime/pull/18136). Those never win a maximum, and it refuses those as wide as the window.
 */
function apartFromPad({ add, nodes }: OnnxWriter, name: string, x: string): string {
  const isPad = nodes.some((before) => before.name === x && before.opType === "Pad");
  return isPad ? add(`${name}/apart`, "Max", [x]) : x;
}

function slidingPool(
  { add }: OnnxWriter,
  name: string,
  { mode, kernel, stride }: { readonly mode: "avg" | "max"; readonly kernel: Pair; readonly stride: Pair },
  x: string,
  pads: Pads,
): void {
  add(name, mode === "max" ? "MaxPool" : "AveragePool", [x], {
    kernel_shape: kernel,
    strides: stride,
    pads: onnxPads(pads),
    ...(mode === "avg" ? { count_include_pad: 0 } : {}),
  });
}

/** Writes a pool to a stated size: a plain pool where the extents divide, else each row of windows and each column on its own. */
export function writeAdaptivePool(
  writer: OnnxWriter,
  name: string,
  node: ShapedNodeOf<"adaptive_pool">,
  x: string,
  input: Shape,
): void {
  const { add, ints } = writer;
  const { h, w } = mapOf(input);
  const [rows, columns] = node.size;
  if (h % rows === 0 && w % columns === 0) {
    const window = [h / rows, w / columns] as const;
    slidingPool(writer, name, { mode: node.mode, kernel: window, stride: window }, x, [0, 0, 0, 0]);
    return;
  }
  const reduce = node.mode === "avg" ? "ReduceMean" : "ReduceMax";
  const along = (named: string, from: string, axis: 2 | 3, extent: number, count: number): string => {
    const parts = axisWindows(extent, count).map(({ begin, end }, i) => {
      const part = add(`${named}/part${i}`, "Slice", [from, ints([begin]), ints([end]), ints([axis])]);
      return add(`${named}/window${i}`, reduce, [part], { axes: [axis], keepdims: 1 });
    });
    return add(named, "Concat", parts, { axis });
  };
  along(name, along(`${name}/rows`, x, 2, h, rows), 3, w, columns);
}
