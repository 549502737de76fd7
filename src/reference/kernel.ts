import type { ShapedNodeOf } from "../ir/graph.ts";
import type { OpName } from "../ir/op.ts";
import type { Shape } from "../ir/shape.ts";
import type { WeightStore } from "../formats/tensor.ts";

/** A value while a graph runs: row-major float64, HWC for maps. */
export interface Value {
  readonly shape: Shape;
  readonly data: Float64Array;
}

/**
 * Computes a node's value from its inputs' in float64. It never writes to an input, and may return an input's own array
 * where the op moves no bytes. NaN spreads to whatever reads it.
 */
export type Kernel<N extends OpName> = (
  node: ShapedNodeOf<N>,
  inputs: readonly Value[],
  weights: WeightStore,
) => Float64Array;

/** The only input of an op that has one; fewer is a bug of ours. */
export function onlyInput(inputs: readonly Value[]): Value {
  const [input] = inputs;
  if (input === undefined) throw new Error("internal: a kernel without its input");
  return input;
}
