import { indexNodes, type NodeId, type ShapedGraph } from "../ir/graph.ts";
import { randomSource } from "../weights/random.ts";
import type { WeightStore } from "../formats/tensor.ts";
import { compareTensors, type Comparison } from "./compare.ts";
import { interpretWith } from "./interpret.ts";
import { localRounding } from "./rounding.ts";
import { addNoise, noiseScale } from "./rounding-noise.ts";
import { layerTolerance, type Tolerances } from "./tolerance.ts";

/**
 * Differences below this magnitude are not errors. If values cancel out, the result is near zero and a relative bound
 * would allow nothing.
 */
const NOISE_FLOOR = 1e-6;
/** A disturbed run is one random sample. The largest error of another run is at most about twice as large. */
const DRAWS = 2;

export interface Verdict {
  /** The comparison of each given value with the float64 result for the values before it. */
  readonly comparisons: ReadonlyMap<NodeId, Comparison>;
  /** Every node's value: the given one if there is one, else the float64 result for the values before it. */
  readonly values: ReadonlyMap<NodeId, Float64Array>;
}

/**
 * Judges a float32 run layer by layer. Each value in `given` is compared with what the interpreter computes in float64
 * from the run's own values before it, so errors do not accumulate with depth, the bound is only the rounding of one
 * layer, and a faulty layer is found on its own. Values that the run does not show (a conv inside a fused step) are
 * computed in float64. If a given value is not finite or has the wrong length, later nodes read the interpreter's own
 * value instead.
 *
 * The bound is {@link layerTolerance} since the last given values. It is raised to twice the error that random
 * rounding of the ops since then causes, if that is larger, because norms and clamps can magnify rounding errors. It
 * takes as long as two interpretations. `storage` is the relative error that storing a given value adds: 0 for
 * float32, because the rounding of the op includes it, and {@link HALF_ROUNDING} for 16 bits. In that case the weights
 * must be those of {@link halfNetwork}.
 */
export function judge(
  graph: ShapedGraph,
  weights: WeightStore,
  input: ArrayLike<number>,
  given: ReadonlyMap<NodeId, ArrayLike<number>>,
  storage: (id: NodeId) => number = () => 0,
): Verdict {
  const expected = new Map<NodeId, Float64Array>();
  const usable = new Map([...given].filter(([, value]) => isFinite(value)));
  const readOn = (id: NodeId, value: Float64Array) => {
    const shown = usable.get(id);
    if (shown?.length === value.length) value.set(shown);
  };
  const values = interpretWith(graph, weights, input, (node, _inputs, value) => {
    if (!given.has(node.id)) return;
    expected.set(node.id, value.slice());
    readOn(node.id, value);
  });
  const tolerances = measuredTolerance(graph, weights, input, expected, readOn);
  const comparisons = new Map<NodeId, Comparison>();
  for (const [id, actual] of given) {
    const bound = { relative: (tolerances.get(id) ?? 0) + storage(id), absolute: NOISE_FLOOR };
    comparisons.set(id, compareTensors(expected.get(id) ?? [], actual, bound));
  }
  return { comparisons, values };
}

function isFinite(value: ArrayLike<number>): boolean {
  for (let i = 0; i < value.length; i++) {
    if (!Number.isFinite(value[i])) return false;
  }
  return true;
}

function measuredTolerance(
  graph: ShapedGraph,
  weights: WeightStore,
  input: ArrayLike<number>,
  expected: ReadonlyMap<NodeId, Float64Array>,
  readOn: (id: NodeId, value: Float64Array) => void,
): Tolerances {
  const index = indexNodes(graph);
  const random = randomSource(0, "rounding");
  const floor = layerTolerance(graph, (id) => expected.has(id));
  const tolerances = new Map<NodeId, number>();
  interpretWith(graph, weights, input, (node, inputs, value) => {
    const share = localRounding(node, index);
    // An op that does not round may return its input's array.
    if (share > 0) addNoise(value, share, noiseScale(node, inputs, weights), random);
    const exact = expected.get(node.id);
    if (exact === undefined) return;
    const { relativeError } = compareTensors(exact, value, { relative: 0 });
    // If all exact values are zero, only the absolute bound applies.
    const measured = Number.isFinite(relativeError) ? DRAWS * relativeError : 0;
    tolerances.set(node.id, Math.max(floor.get(node.id) ?? 0, measured));
    readOn(node.id, value);
  });
  return tolerances;
}
