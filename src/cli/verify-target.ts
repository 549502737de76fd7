import type { NodeId, ShapedGraph } from "../ir/graph.ts";
import type { Tolerances } from "../reference/tolerance.ts";
import type { Comparison, ErrorBound } from "../reference/compare.ts";
import type { LayerValue, Runner } from "./runner.ts";

/** One value that a target computed, beside the reference's. */
export interface VerifiedLayer {
  readonly path: string;
  /** All layers that were computed in the same step. */
  readonly covers: readonly string[];
  readonly node: NodeId;
  readonly comparison: Comparison;
}

/** What the values of a network should be, and how far float32 may be from that. */
export interface Reference {
  readonly training: ShapedGraph;
  readonly exact: ReadonlyMap<NodeId, Float64Array>;
  readonly tolerances: Tolerances;
  readonly compare: (expected: ArrayLike<number>, actual: ArrayLike<number>, bound: ErrorBound) => Comparison;
}

/** Magnitude below which float32 noise is no error: where a layer's exact values are all but zero, no relative bound makes sense. */
const noiseFloor = 1e-7;

/**
 * Compares every value that a target computes with the reference's, in execution order; and the outputs of an ordinary run
 * besides, because step by step nothing is overwritten that memory planning let die too early.
 */
export async function verifyTarget(
  runner: Runner,
  input: Float32Array,
  reference: Reference,
): Promise<readonly VerifiedLayer[]> {
  const { training, exact, tolerances, compare } = reference;
  const compared = ({ node, path, values, covers }: LayerValue): VerifiedLayer => {
    const relative = tolerances.get(node) ?? 0;
    const bound = { relative: Number.isFinite(relative) ? relative : 0, absolute: noiseFloor };
    return { path, covers, node, comparison: compare(exact.get(node) ?? [], values, bound) };
  };
  const layers: VerifiedLayer[] = [];
  await runner.runLayers(input, (layer) => {
    layers.push(compared(layer));
  });
  const outputs = await runner.run(input);
  for (const { name, node } of training.outputs) {
    layers.push(compared({ node, path: `output ${name}`, covers: [], values: outputs.get(name) ?? [] }));
  }
  return layers;
}
