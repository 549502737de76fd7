import type { ShapedNodeOf } from "../../ir/graph.ts";
import { channelsOf, type Shape } from "../../ir/shape.ts";
import { channelAmounts, channelFactors, channelSlopes, normScaleShift } from "../../weights/bind.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import type { OnnxWriter } from "./onnx-writer.ts";

/**
 * Returns the shape of a tensor with one number per channel that broadcasts over a value. ONNX puts the channels of a
 * map before its rows.
 */
export function channelShape(shape: Shape): Shape {
  return shape.length === 3 ? [channelsOf(shape), 1, 1] : [channelsOf(shape)];
}

/** Writes the nodes of a per-channel multiplication, addition, or both, or of a prelu. */
export function writeChannelMap(
  writer: OnnxWriter,
  name: string,
  node: ShapedNodeOf<"batch_norm" | "scale" | "shift" | "prelu">,
  x: string,
  weights: WeightStore,
): void {
  const { add, scalar } = writer;
  const vector = (slot: string, data: ArrayLike<number>) =>
    writer.floats(`${name}/${slot}`, channelShape(node.shape), data);
  switch (node.op) {
    case "batch_norm": {
      const { scale, shift } = normScaleShift(node, weights);
      add(name, "Add", [add(`${name}/scaled`, "Mul", [x, vector("scale", scale)]), vector("shift", shift)]);
      return;
    }
    case "scale": {
      const factor = node.factor === null ? vector("gamma", channelFactors(node, weights)) : scalar(node.factor);
      add(name, "Mul", [x, factor]);
      return;
    }
    case "shift": {
      const amount = node.amount === null ? vector("beta", channelAmounts(node, weights)) : scalar(node.amount);
      add(name, "Add", [x, amount]);
      return;
    }
    case "prelu":
      add(name, "PRelu", [x, vector("alpha", channelSlopes(node, weights))]);
  }
}
