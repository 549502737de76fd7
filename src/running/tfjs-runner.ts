import type { GraphModel } from "@tensorflow/tfjs-converter";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs";
import type { Shape } from "../ir/shape.ts";
import type { Runner } from "./runner.ts";

/** The functions of tf.js that are needed to run a model. */
export type TensorFunctions = Pick<typeof import("@tensorflow/tfjs-core"), "tensor" | "tidy" | "dispose">;

/** A model of tf.js that is loaded on a backend. */
export interface TfjsParts {
  readonly title: string;
  readonly tf: TensorFunctions;
  readonly model: LayersModel | GraphModel;
  /** Height, width and channels of the input. */
  readonly shape: Shape;
  /** The place of each output of the network among the tensors that the model returns. */
  readonly outputs: ReadonlyMap<string, number>;
}

/** Returns a runner for a tf.js model. */
export function tfjsRunner({ title, tf, model, shape, outputs }: TfjsParts): Runner {
  return {
    title,
    async run(image) {
      const values = await predict(tf, model, shape, image);
      return new Map([...outputs].map(([name, place]) => [name, values[place] ?? []]));
    },
    close: () => model.dispose(),
  };
}

/** Runs a tf.js model on one image, and returns the values of the tensors that it returns, in order. */
export async function predict(
  tf: TensorFunctions,
  model: Pick<LayersModel | GraphModel, "predict">,
  shape: Shape,
  image: Float32Array,
): Promise<readonly Float32Array[]> {
  const tensors = tf.tidy(() => {
    const predicted = model.predict(tf.tensor(image, [1, ...shape])) as Tensor | Tensor[];
    return Array.isArray(predicted) ? predicted : [predicted];
  });
  try {
    return await Promise.all(tensors.map((tensor) => tensor.data<"float32">()));
  } finally {
    tf.dispose(tensors);
  }
}
