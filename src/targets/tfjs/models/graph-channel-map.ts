import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { channelsOf } from "../../../ir/shape.ts";
import { channelAmounts, channelFactors, channelSlopes, normScaleShift } from "../../../weights/bind.ts";
import type { WeightStore } from "../../../formats/tensor.ts";
import type { GraphWriter } from "./graph-writer.ts";

/** Writes the nodes of a per-channel multiplication, addition, or both, or of a prelu. */
export function writeChannelMap(
  writer: GraphWriter,
  name: string,
  node: ShapedNodeOf<"batch_norm" | "scale" | "shift" | "prelu">,
  x: string,
  weights: WeightStore,
): void {
  const { add, scalar } = writer;
  const vector = (slot: string, data: ArrayLike<number>) =>
    writer.floats(`${name}/${slot}`, [channelsOf(node.shape)], data);
  switch (node.op) {
    case "batch_norm": {
      const { scale, shift } = normScaleShift(node, weights);
      add(name, "AddV2", [add(`${name}/scaled`, "Mul", [x, vector("scale", scale)]), vector("shift", shift)]);
      return;
    }
    case "scale": {
      const factor = node.factor === null ? vector("gamma", channelFactors(node, weights)) : scalar(node.factor);
      add(name, "Mul", [x, factor]);
      return;
    }
    case "shift": {
      const amount = node.amount === null ? vector("beta", channelAmounts(node, weights)) : scalar(node.amount);
      add(name, "AddV2", [x, amount]);
      return;
    }
    case "prelu":
      add(name, "Prelu", [x, vector("alpha", channelSlopes(node, weights))]);
  }
}
