import type { WeightStore } from "../formats/tensor.ts";
import type { ShapedNodeOf } from "../ir/graph.ts";
import type { Shape } from "../ir/shape.ts";
import { channelAmounts, channelFactors, channelSlopes, normScaleShift } from "../weights/bind.ts";

/** The functions of a graph writer that per-channel ops need. Each returns the name of what it wrote. */
interface ChannelMapWriter {
  readonly add: (name: string, op: string, inputs: readonly string[]) => string;
  readonly scalar: (value: number) => string;
  readonly floats: (name: string, shape: Shape, data: ArrayLike<number>) => string;
}

/** How a graph format writes per-channel ops. A product is `Mul` in every format. */
interface ChannelFormat {
  /** The op of a sum. */
  readonly sum: string;
  /** The op of a prelu. */
  readonly prelu: string;
  /** The shape of a constant with one number per channel, which broadcasts over the value. */
  readonly shape: Shape;
}

interface WrittenChannelMap {
  readonly name: string;
  readonly node: ShapedNodeOf<"batch_norm" | "scale" | "shift" | "prelu">;
  /** The name of the value that it reads. */
  readonly x: string;
}

/** Writes the nodes of a per-channel multiplication, addition, or both, or of a prelu. The last node has the name. */
export function writeChannelMap(
  { add, scalar, floats }: ChannelMapWriter,
  { sum, prelu, shape }: ChannelFormat,
  { name, node, x }: WrittenChannelMap,
  weights: WeightStore,
): void {
  const vector = (slot: string, data: ArrayLike<number>) => floats(`${name}/${slot}`, shape, data);
  switch (node.op) {
    case "batch_norm": {
      const { scale, shift } = normScaleShift(node, weights);
      add(name, sum, [add(`${name}/scaled`, "Mul", [x, vector("scale", scale)]), vector("shift", shift)]);
      return;
    }
    case "scale": {
      const factor = node.factor === null ? vector("gamma", channelFactors(node, weights)) : scalar(node.factor);
      add(name, "Mul", [x, factor]);
      return;
    }
    case "shift": {
      const amount = node.amount === null ? vector("beta", channelAmounts(node, weights)) : scalar(node.amount);
      add(name, sum, [x, amount]);
      return;
    }
    case "prelu":
      add(name, prelu, [x, vector("alpha", channelSlopes(node, weights))]);
  }
}
