import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { channelsOf } from "../../../ir/shape.ts";
import { tensorData } from "../../../weights/read-tensor.ts";
import type { WeightStore } from "../../../formats/tensor.ts";
import type { GraphWriter } from "./graph-writer.ts";

/** Writes a global response norm; the last graph node has the name. */
export function writeResponseNorm(
  { add, floats, ints, scalar }: GraphWriter,
  name: string,
  node: ShapedNodeOf<"response_norm">,
  x: string,
  weights: WeightStore,
): void {
  const vector = (slot: string) => {
    const shape = [channelsOf(node.shape)];
    return floats(`${name}/${slot}`, shape, tensorData(weights, `${node.path}/${slot}`, shape));
  };
  const keep = { keep_dims: { b: true } };
  const square = add(`${name}/square`, "Square", [x]);
  const lengths = add(`${name}/lengths`, "Sqrt", [add(`${name}/squares`, "Sum", [square, ints("axes", [1, 2])], keep)]);
  const mean = add(`${name}/mean`, "Mean", [lengths, ints("axis", [3])], keep);
  const share = add(`${name}/share`, "RealDiv", [lengths, add(`${name}/sum`, "AddV2", [mean, scalar(node.eps)])]);
  const scaled = add(`${name}/scaled`, "Mul", [add(`${name}/response`, "Mul", [x, share]), vector("gamma")]);
  add(name, "AddV2", [add(`${name}/shifted`, "AddV2", [scaled, vector("beta")]), x]);
}
