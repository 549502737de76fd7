import type { CompiledNetwork } from "../compile.ts";
import type { WeightStore } from "../formats/tensor.ts";
import type { NodeId } from "../ir/graph.ts";
import { compareTensors, type Comparison } from "../reference/compare.ts";
import { HALF_ROUNDING, halfNetwork, type HalfNetwork } from "../reference/half-storage.ts";
import { judge } from "../reference/judge.ts";
import type { LayerRunner, LayerValue } from "./layer-runner.ts";

/** A value that a program computed, compared with the reference result for the values before it. */
export interface JudgedLayer {
  readonly path: string;
  /** The paths of all layers that the same step computed. */
  readonly covers: readonly string[];
  readonly node: NodeId;
  readonly comparison: Comparison;
}

/**
 * The allowed difference between an ordinary run and a run layer by layer. Both do the same arithmetic, but the order
 * may differ.
 */
const SAME_ARITHMETIC = { relative: 1e-6, absolute: 1e-7 };

/**
 * Returns the graph and the weights with which values are judged. A program that stores 16 bits folds its norms first
 * and rounds the result.
 */
function judgedNetwork(
  { halves }: LayerRunner,
  { training, inference }: CompiledNetwork,
  weights: WeightStore,
): HalfNetwork {
  return halves === null ? { graph: training, weights } : halfNetwork(inference, weights);
}

/**
 * Judges every value that a runner computes, in execution order, and then the outputs of an ordinary run. A run layer by layer
 * overwrites nothing, so only the ordinary run shows where the memory plan frees a value before its last use.
 *
 * @param image height x width x channels, as the network sees it
 */
export async function judgeRunner(
  runner: LayerRunner,
  network: CompiledNetwork,
  weights: WeightStore,
  image: Float32Array,
): Promise<readonly JudgedLayer[]> {
  const layers: LayerValue[] = [];
  await runner.runLayers(image, (layer) => layers.push(layer));
  const given = new Map(layers.map(({ node, values }) => [node, values]));
  const { graph, weights: stored } = judgedNetwork(runner, network, weights);
  const storage = (id: NodeId) => (runner.halves?.has(id) === true ? HALF_ROUNDING : 0);
  const { comparisons, values } = judge(graph, stored, image, given, storage);
  const judged: JudgedLayer[] = [];
  for (const { path, covers, node } of layers) {
    const comparison = comparisons.get(node);
    if (comparison !== undefined) judged.push({ path, covers, node, comparison });
  }
  const outputs = await runner.run(image);
  for (const { name, node } of graph.outputs) {
    const comparison = compareTensors(values.get(node) ?? [], outputs.get(name) ?? [], SAME_ARITHMETIC);
    judged.push({ path: `output ${name}`, covers: [], node, comparison });
  }
  return judged;
}
