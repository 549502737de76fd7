import { error, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ShapedGraph, ShapedNodeOf } from "../ir/graph.ts";
import { channelsOf } from "../ir/shape.ts";
import type { WeightStore } from "../formats/tensor.ts";
import { unitNorm } from "./unit-norm.ts";

/**
 * Warns about weights from a frozen graph. Their norms have no learned statistics, so a network cannot be trained from
 * them.
 */
export function reportFoldedNorms(training: ShapedGraph, weights: WeightStore): readonly Diagnostic[] {
  const norms = training.nodes.filter((node) => node.op === "batch_norm");
  const folded = norms.filter((norm) => isUnit(norm, weights)).length;
  if (folded === 0) return [];
  const message = `${folded} of ${norms.length} norms of "${training.name}" do no more than add a bias, as weights from a frozen graph do: the model predicts, and does not train from there.`;
  const hint = "To train on, import the model that the graph was made of.";
  return [{ ...error("weights/folded", training.span, message, { hint }), severity: "warning" }];
}

function isUnit(norm: ShapedNodeOf<"batch_norm">, weights: WeightStore): boolean {
  const channels = channelsOf(norm.shape);
  const zeros = new Float32Array(channels);
  const held = weights.get(`${norm.path}/${norm.center ? "beta" : "mean"}`)?.data ?? zeros;
  const shift = norm.center ? held : held.map((value) => -value);
  const unit = unitNorm(norm, new Float32Array(channels).fill(1), shift) ?? [];
  return (
    unit.length > 0 && unit.every(({ name, data }) => data.every((value, c) => weights.get(name)?.data[c] === value))
  );
}
