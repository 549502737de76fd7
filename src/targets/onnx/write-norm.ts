import type { ShapedNodeOf } from "../../ir/graph.ts";
import { normCells } from "../../ir/ops/sample-norm.ts";
import { channelsOf } from "../../ir/shape.ts";
import { tensorData } from "../../weights/read-tensor.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import { normParts } from "../norm-parts.ts";
import type { OnnxWriter } from "./onnx-writer.ts";
import { channelShape } from "./channel-shape.ts";

/**
 * Writes a norm that uses statistics of the sample as elementary ONNX nodes. A cell is the set of values that share
 * one mean and deviation. The last node has the norm's name.
 */
export function writeSampleNorm(
  writer: OnnxWriter,
  name: string,
  node: ShapedNodeOf<"sample_norm">,
  x: string,
  weights: WeightStore,
): void {
  const { add, ints, scalar } = writer;
  const { pixels, width, groups } = normCells(node, node.shape);
  // If a cell is one pixel, the statistics run over the channels (axis 1). Otherwise they run over the last axis of
  // the reshaped value.
  const whole = pixels === 1 && groups === 1;
  const axes = [whole ? 1 : 2];
  const cells = whole ? x : add(`${name}/cells`, "Reshape", [x, ints([1, groups, width * pixels])]);
  const mean = (of: string, slot: string) => add(`${name}/${slot}`, "ReduceMean", [of], { axes, keepdims: 1 });
  const centered = node.kind === "rms" ? cells : add(`${name}/centered`, "Sub", [cells, mean(cells, "average")]);
  const variance = mean(add(`${name}/square`, "Mul", [centered, centered]), "spread");
  const deviation = add(`${name}/deviation`, "Sqrt", [add(`${name}/sum`, "Add", [variance, scalar(node.eps)])]);
  const { named, learned } = normParts(name, node, !whole);
  let value = add(named("normalized"), "Div", [centered, deviation]);
  if (!whole) {
    const [h, w, c] = node.shape;
    const shape = node.shape.length === 3 ? [1, c ?? 0, h ?? 0, w ?? 0] : [1, ...node.shape];
    value = add(named("restored"), "Reshape", [value, ints(shape)]);
  }
  for (const { slot, part } of learned) {
    const op = slot === "gamma" ? "Mul" : "Add";
    const data = tensorData(weights, `${node.path}/${slot}`, [channelsOf(node.shape)]);
    value = add(named(part), op, [value, writer.floats(`${name}/${slot}`, channelShape(node.shape), data)]);
  }
}
