import { error, type Diagnostic } from "../../../diagnostics/diagnostic.ts";
import type { ShapedGraph } from "../../../ir/graph.ts";
import type { WeightOverflow } from "./pack-weights.ts";

/** Returns an error on a layer for each of its weights that `f16` cannot hold. */
export function checkOverflows(graph: ShapedGraph, overflows: readonly WeightOverflow[]): readonly Diagnostic[] {
  const spans = new Map(graph.nodes.map(({ path, span }) => [path, span]));
  return overflows.map(({ layer, slot, value }) =>
    error(
      "webgpu/weight-overflow",
      spans.get(layer) ?? graph.span,
      `Weight "${layer}/${slot}" holds ${Number(value.toPrecision(6))} once norms are folded, and f16 ends at 65504.`,
      { hint: "Build with --precision f32, or train the layer to smaller weights." },
    ),
  );
}
