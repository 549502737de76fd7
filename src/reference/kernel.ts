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
 * Computes a node's value in float64 from the values of its inputs. It never writes to an input. It may return an
 * input's own array if the op moves no bytes. A NaN in an input gives NaN in the results that depend on it.
 */
export type Kernel<N extends OpName> = (
  node: ShapedNodeOf<N>,
  inputs: readonly Value[],
  weights: WeightStore,
) => Float64Array;

/** Returns the only input of an op with one input. A missing input is a bug of mnet. */
export function onlyInput(inputs: readonly Value[]): Value {
  const [input] = inputs;
  if (input === undefined) throw new Error("internal: a kernel without its input");
  return input;
}
