import { countNodes, sumCounts } from "../analysis/counts.ts";
import { activationMemory } from "../analysis/memory.ts";
import type { FigureChange } from "../diagnostics/diagnostic.ts";
import type { ShapedGraph } from "../ir/graph.ts";
import { elementsOf } from "../ir/shape.ts";
import { grouped } from "../text/grouped.ts";

/** The figures that a fix can change. Its message says by how much it changes each. */
export const figureNames = [
  "trainable parameters",
  "parameters",
  "multiply-adds",
  "bytes of peak memory",
  "residuals",
  "values of output",
] as const;
export type FigureName = (typeof figureNames)[number];
export type Figures = Readonly<Record<FigureName, number>>;

/** Returns the figures of a training graph. */
export function figuresOf(graph: ShapedGraph, counts = countNodes(graph)): Figures {
  const { total, trainable, macs } = sumCounts(counts);
  const outputs = new Set(graph.outputs.map((output) => output.node));
  return {
    "trainable parameters": trainable,
    parameters: total,
    "multiply-adds": macs,
    "bytes of peak memory": activationMemory(graph).peakBytes,
    residuals: graph.blocks.filter((block) => block.decision?.inserted === true).length,
    "values of output": graph.nodes.reduce((sum, node) => sum + (outputs.has(node.id) ? elementsOf(node.shape) : 0), 0),
  };
}

/** Returns the figures that differ, each as after minus before. */
export function figureChanges(before: Figures, after: Figures): readonly FigureChange[] {
  return figureNames
    .map((figure) => ({ figure, by: after[figure] - before[figure] }))
    .filter((change) => change.by !== 0);
}

/** Describes changes: `17 096 trainable parameters less, 2 residuals more`, or `no figure changes`. */
export function describeChanges(changes: readonly FigureChange[]): string {
  const parts = changes.map(({ figure, by }) => `${grouped(Math.abs(by))} ${figure} ${by < 0 ? "less" : "more"}`);
  return parts.length === 0 ? "no figure changes" : parts.join(", ");
}
