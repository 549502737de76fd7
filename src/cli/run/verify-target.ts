import type { CompiledNetwork } from "../../compile.ts";
import type { NodeId } from "../../ir/graph.ts";
import { compareTensors, type Comparison } from "../../reference/compare.ts";
import { HALF_ROUNDING, halfNetwork, type HalfNetwork } from "../../reference/half-storage.ts";
import { judge } from "../../reference/judge.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import type { LayerValue, Runner } from "./runner.ts";

/** One value that a target computed, beside what the reference makes of the values before it. */
export interface VerifiedLayer {
  readonly path: string;
  /** All layers that were computed in the same step. */
  readonly covers: readonly string[];
  readonly node: NodeId;
  readonly comparison: Comparison;
}

/** An ordinary run does the arithmetic of the run layer by layer; only where a target may reorder it is there a difference. */
const SAME_ARITHMETIC = { relative: 1e-6, absolute: 1e-7 };

/** What the values are judged by: a target that stores 16 bits folds its norms first and rounds what comes of it. */
function judgedNetwork(runner: Runner, { training, inference }: CompiledNetwork, weights: WeightStore): HalfNetwork {
  return runner.halves === null ? { graph: training, weights } : halfNetwork(inference, weights);
}

/**
 * Judges every value that a target computed, in execution order; and the outputs of an ordinary run besides, because step by
 * step nothing is overwritten that memory planning let die too early.
 */
export async function verifyTarget(
  runner: Runner,
  network: CompiledNetwork,
  weights: WeightStore,
  input: Float32Array,
): Promise<readonly VerifiedLayer[]> {
  const layers: LayerValue[] = [];
  await runner.runLayers(input, (layer) => layers.push(layer));
  const given = new Map(layers.map(({ node, values }) => [node, values]));
  const judged = judgedNetwork(runner, network, weights);
  const storage = (id: NodeId) => (runner.halves?.has(id) === true ? HALF_ROUNDING : 0);
  const { comparisons, values } = judge(judged.graph, judged.weights, input, given, storage);
  const verified: VerifiedLayer[] = [];
  for (const { path, covers, node } of layers) {
    const comparison = comparisons.get(node);
    if (comparison !== undefined) verified.push({ path, covers, node, comparison });
  }
  const outputs = await runner.run(input);
  for (const { name, node } of judged.graph.outputs) {
    const comparison = compareTensors(values.get(node) ?? [], outputs.get(name) ?? [], SAME_ARITHMETIC);
    verified.push({ path: `output ${name}`, covers: [], node, comparison });
  }
  return verified;
}
