import type { CompiledNetwork } from "../../compile.ts";
import type { NodeId } from "../../ir/graph.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import type { ProgramOptions } from "../options/program-options.ts";
import { withTuning } from "../options/tuning-file.ts";
import type { Runner } from "./runner.ts";

/** The nodes that the WebGPU program made by the options would store in 16 bits; null where it stores float32. */
async function halvesOf({ inference }: CompiledNetwork, options: ProgramOptions): Promise<ReadonlySet<NodeId> | null> {
  if (options.precision === undefined && options.tuning === undefined) return null;
  const { planNetwork } = await import("../../targets/webgpu/plan-network.ts");
  const { halfValues } = await import("../../targets/webgpu/schedule/half-values.ts");
  return withTuning(options, (planOptions) => halfValues(planNetwork(inference, planOptions).schedule));
}

/**
 * The float64 reference, on the training graph; where the options make a WebGPU program that stores 16 bits, on the inference graph,
 * with weights and values rounded as that program stores them and all between exact.
 */
export async function interpreterRunner(
  network: CompiledNetwork,
  weights: WeightStore,
  options: ProgramOptions = {},
): Promise<Runner> {
  const { interpret } = await import("../../reference/interpret.ts");
  const { interpretHalf } = await import("../../reference/half-storage.ts");
  const halves = await halvesOf(network, options);
  const graph = halves === null ? network.training : network.inference;
  const valuesOf = (input: Float32Array) =>
    halves === null ? interpret(graph, weights, input) : interpretHalf(graph, weights, input, halves);
  return {
    target: "interp",
    title: halves === null ? "interpreter (float64)" : "interpreter (float64, stored as f16)",
    halves,
    caveat: null,
    run(input) {
      const values = valuesOf(input);
      return Promise.resolve(new Map(graph.outputs.map(({ name, node }) => [name, values.get(node) ?? []])));
    },
    runLayers(input, see) {
      const values = valuesOf(input);
      for (const { id, path } of graph.nodes) see({ node: id, path, covers: [path], values: values.get(id) ?? [] });
      return Promise.resolve();
    },
    close: () => undefined,
  };
}
