import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { normCells } from "../../../ir/ops/sample-norm.ts";
import { channelsOf } from "../../../ir/shape.ts";
import { tensorData } from "../../../weights/read-tensor.ts";
import type { WeightStore } from "../../../formats/tensor.ts";
import { normParts } from "../../norm-parts.ts";
import type { GraphWriter } from "./graph-writer.ts";

/**
 * Writes a norm that uses statistics of the sample as elementary graph nodes. The last graph node has the norm's name.
 */
export function writeSampleNorm(
  writer: GraphWriter,
  name: string,
  node: ShapedNodeOf<"sample_norm">,
  x: string,
  weights: WeightStore,
): void {
  const { add, ints, scalar } = writer;
  const { pixels, width, groups } = normCells(node, node.shape);
  const whole = pixels === 1 && groups === 1;
  const axes = whole ? ints("axis", [node.shape.length]) : ints("axes", [1, 3]);
  const cells = whole ? x : add(`${name}/cells`, "Reshape", [x, ints("shape", [-1, pixels, groups, width])]);
  const mean = (of: string, slot: string) => add(`${name}/${slot}`, "Mean", [of, axes], { keep_dims: { b: true } });
  const centered = node.kind === "rms" ? cells : add(`${name}/centered`, "Sub", [cells, mean(cells, "average")]);
  const variance = mean(add(`${name}/square`, "Square", [centered]), "spread");
  const factor = add(`${name}/factor`, "Rsqrt", [add(`${name}/sum`, "AddV2", [variance, scalar(node.eps)])]);
  const { named, learned } = normParts(name, node, !whole);
  let value = add(named("normalized"), "Mul", [centered, factor]);
  if (!whole) value = add(named("restored"), "Reshape", [value, ints("shape", [-1, ...node.shape])]);
  for (const { slot, part } of learned) {
    const op = slot === "gamma" ? "Mul" : "AddV2";
    const shape = [channelsOf(node.shape)];
    const data = tensorData(weights, `${node.path}/${slot}`, shape);
    value = add(named(part), op, [value, writer.floats(`${name}/${slot}`, shape, data)]);
  }
}
