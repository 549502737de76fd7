import type { ShapedNodeOf } from "../../ir/graph.ts";
import { channelsOf } from "../../ir/shape.ts";
import { tensorData } from "../../weights/read-tensor.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import type { OnnxWriter } from "./onnx-writer.ts";
import { channelShape } from "./channel-shape.ts";

/** Writes a global response norm; the last node has the name. */
export function writeResponseNorm(
  { add, floats, scalar }: OnnxWriter,
  name: string,
  node: ShapedNodeOf<"response_norm">,
  x: string,
  weights: WeightStore,
): void {
  const vector = (slot: string) => {
    const data = tensorData(weights, `${node.path}/${slot}`, [channelsOf(node.shape)]);
    return floats(`${name}/${slot}`, channelShape(node.shape), data);
  };
  const lengths = add(`${name}/lengths`, "ReduceL2", [x], { axes: [2, 3], keepdims: 1 });
  const mean = add(`${name}/mean`, "ReduceMean", [lengths], { axes: [1], keepdims: 1 });
  const share = add(`${name}/share`, "Div", [lengths, add(`${name}/sum`, "Add", [mean, scalar(node.eps)])]);
  const scaled = add(`${name}/scaled`, "Mul", [add(`${name}/response`, "Mul", [x, share]), vector("gamma")]);
  add(name, "Add", [add(`${name}/shifted`, "Add", [scaled, vector("beta")]), x]);
}
