import type { CompiledNetwork } from "../compile.ts";
import type { NodeId } from "../ir/graph.ts";
import { interpretHalf } from "../reference/half-storage.ts";
import { interpret } from "../reference/interpret.ts";
import { planNetwork } from "../targets/webgpu/plan-network.ts";
import { halfValues } from "../targets/webgpu/plan-details.ts";
import type { OpenRunner, RunOptions } from "./run-options.ts";

/** Returns the nodes that the WebGPU program for these options stores in 16 bits, or null if it stores float32. */
function halvesOf({ inference }: CompiledNetwork, options: RunOptions): ReadonlySet<NodeId> | null {
  if (options.precision === undefined && options.tuning === undefined) return null;
  return halfValues(planNetwork(inference, options).schedule);
}

/**
 * Opens the float64 reference. It runs the training graph. If the options ask for a WebGPU program that stores 16
 * bits, it runs the inference graph and rounds weights and values as that program does. All other arithmetic is in
 * float64.
 */
export const openInterpreter: OpenRunner = (network, weights, options) => {
  const halves = halvesOf(network, options);
  const graph = halves === null ? network.training : network.inference;
  const valuesOf = (image: Float32Array) =>
    halves === null ? interpret(graph, weights, image) : interpretHalf(graph, weights, image, halves);
  return Promise.resolve({
    value: {
      title: halves === null ? "interpreter (float64)" : "interpreter (float64, stored as f16)",
      halves,
      caveat: null,
      run(image) {
        const values = valuesOf(image);
        return Promise.resolve(new Map(graph.outputs.map(({ name, node }) => [name, values.get(node) ?? []])));
      },
      runLayers(image, see) {
        const values = valuesOf(image);
        for (const { id, path } of graph.nodes) see({ node: id, path, covers: [path], values: values.get(id) ?? [] });
        return Promise.resolve();
      },
      close: () => undefined,
    },
    diagnostics: [],
  });
};
