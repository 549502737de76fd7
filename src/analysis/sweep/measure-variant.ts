import type { ShapedGraph } from "../../ir/graph.ts";
import { countGraph } from "../counts.ts";
import { activationMemory } from "../memory.ts";

const BYTES_PER_WEIGHT = 4;

/** The cost of a variant of a network. */
export interface VariantFigures {
  /** Trainable weights. */
  readonly params: number;
  /** Multiply-adds of one image. */
  readonly macs: number;
  /** The peak bytes of live activations, in float32. */
  readonly peakBytes: number;
  /** Bytes of the weights after folding, float32. */
  readonly weightBytes: number;
}

/**
 * Counts the cost of one variant of a network.
 *
 * @param training the training graph.
 * @param inference the inference graph; its weights are those after folding.
 * @returns parameters, multiply-adds of one image, and bytes of activations and weights in float32.
 */
export function measureVariant(training: ShapedGraph, inference: ShapedGraph): VariantFigures {
  const { params, macs } = countGraph(training, { inference });
  return {
    params: params.trainable,
    macs,
    peakBytes: activationMemory(training).peakBytes,
    weightBytes: BYTES_PER_WEIGHT * params.folded,
  };
}
