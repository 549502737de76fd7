import { indexNodes, type NodeId, type ShapedGraph } from "../ir/graph.ts";
import { randomSource } from "../weights/random.ts";
import type { WeightStore } from "../formats/tensor.ts";
import { compareTensors, type Comparison } from "./compare.ts";
import { interpretWith } from "./interpret.ts";
import { localRounding } from "./rounding.ts";
import { addNoise, noiseScale } from "./rounding-noise.ts";
import { layerTolerance, type Tolerances } from "./tolerance.ts";

/** Magnitude below which float32 noise is no error: values that cancel out leave nothing to be relative to. */
const NOISE_FLOOR = 1e-6;
/** One disturbed run is one draw; the largest error of another run stays within twice of it. */
const DRAWS = 2;

export interface Verdict {
  /** How each given value compares with what float64 makes of the values before it. */
  readonly comparisons: ReadonlyMap<NodeId, Comparison>;
  /** Every node's value: the given one where there is one, else float64 arithmetic on those before it. */
  readonly values: ReadonlyMap<NodeId, Float64Array>;
}

/**
 * Judges a float32 run layer by layer. Each value in `given` is compared with what the interpreter computes in float64 from
 * the run's own values before it, so errors do not pile up with depth, a bound stays as narrow as one layer's rounding, and
 * a faulty layer is found alone. Values the run does not show (a conv inside a fused step) are computed on the way. A value
 * that is not finite or of the wrong length is not read on; the interpreter's own then stands in for it.
 *
 * The bound is {@link layerTolerance} since the last given values, raised to twice what noise of each op's own rounding on
 * the values between comes to: norms that cancel and clamps that cut off magnify it. Costs two interpretations.
 *
 * `storage` is what storing a given value adds to that, relative to the value: nothing for float32, whose rounding is
 * counted with the op's; {@link HALF_ROUNDING} for 16 bits, whose weights are those of {@link halfNetwork}.
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
    // Ops that round nothing may share their input's array.
    if (share > 0) addNoise(value, share, noiseScale(node, inputs, weights), random);
    const exact = expected.get(node.id);
    if (exact === undefined) return;
    const { relativeError } = compareTensors(exact, value, { relative: 0 });
    // Where all exact values are zero there is nothing to be relative to, and the absolute floor alone holds.
    const measured = Number.isFinite(relativeError) ? DRAWS * relativeError : 0;
    tolerances.set(node.id, Math.max(floor.get(node.id) ?? 0, measured));
    readOn(node.id, value);
  });
  return tolerances;
}
