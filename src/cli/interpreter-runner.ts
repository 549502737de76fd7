import type { CompiledNetwork } from "../compile.ts";
import type { WeightStore } from "../weights/tensor.ts";
import type { Runner } from "./runner.ts";

/** The float64 reference, on the training graph. */
export async function interpreterRunner(network: CompiledNetwork, weights: WeightStore): Promise<Runner> {
  const { interpret, interpretOutputs } = await import("../reference/interpret.ts");
  const { training } = network;
  return {
    target: "interp",
    title: "interpreter (float64)",
    run: (input) => Promise.resolve(interpretOutputs(training, weights, input)),
    runLayers(input, see) {
      const values = interpret(training, weights, input);
      for (const { id, path } of training.nodes) {
        see({ node: id, path, covers: [path], values: values.get(id) ?? [] });
      }
      return Promise.resolve();
    },
    close: () => undefined,
  };
}
