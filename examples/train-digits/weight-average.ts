import * as tf from "@tensorflow/tfjs";
import type { ShapedGraph } from "../../src/ir/graph.ts";
import { expectedWeights } from "../../src/weights/expected-weights.ts";
import type { WeightStore } from "../../src/formats/tensor.ts";
import { variables } from "./model.ts";

/** A running average of a model's weights, which generalises better than the last step's (Izmailov et al. 2018). */
export interface WeightAverage {
  /** Updates the average with the present weights. */
  readonly update: () => void;
  readonly read: () => WeightStore;
  readonly dispose: () => void;
}

/**
 * Returns an average that keeps the share `decay` at each update. The first updates keep less, because their weights
 * are still random.
 */
export function averageWeights(model: tf.LayersModel, graph: ShapedGraph, decay: number): WeightAverage {
  const sources = variables(model);
  const averages = new Map([...sources].map(([name, source]) => [name, tf.variable(source.read(), false)] as const));
  let updates = 0;
  return {
    update() {
      updates += 1;
      const share = 1 - Math.min(decay, updates / (updates + 10));
      tf.tidy(() => {
        for (const [name, average] of averages) {
          const step = sources.get(name)!.read().sub(average).mul(share);
          average.assign(average.add(step));
        }
      });
    },
    read() {
      return new Map(
        expectedWeights(graph).map(({ name, shape }) => {
          const data = averages.get(name)!.dataSync<"float32">();
          return [name, { name, shape, data: Float32Array.from(data) }] as const;
        }),
      );
    },
    dispose() {
      tf.dispose([...averages.values()]);
    },
  };
}
