import * as tf from "@tensorflow/tfjs";

/** A tf.js model as files: what `model.save` writes, its weights in shards of so many bytes. */
export interface ModelFiles {
  readonly json: Uint8Array;
  readonly shards: ReadonlyMap<string, Uint8Array>;
}

export const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

export async function saveModel(model: tf.LayersModel, shardBytes: number): Promise<ModelFiles> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler((saved) => {
      artifacts = saved;
      return Promise.resolve({ modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(saved) });
    }),
  );
  const { modelTopology, weightSpecs, weightData } = artifacts!;
  const bytes = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData));
  return modelFiles(modelTopology, weightSpecs!, bytes, shardBytes);
}

export function modelFiles(
  modelTopology: unknown,
  weights: readonly unknown[],
  bytes: Uint8Array,
  shardBytes: number,
): ModelFiles {
  const count = Math.max(1, Math.ceil(bytes.length / shardBytes));
  const shards = new Map(
    Array.from({ length: count }, (_unused, i) => [
      `group1-shard${i + 1}of${count}.bin`,
      bytes.slice(i * shardBytes, (i + 1) * shardBytes),
    ]),
  );
  return { json: encode({ modelTopology, weightsManifest: [{ paths: [...shards.keys()], weights }] }), shards };
}

/** A residual network in which structure alone tells two convs of one shape apart: they stand on two paths. */
export function residualModel(): tf.LayersModel {
  const { layers } = tf;
  const norm = (name: string) => layers.batchNormalization({ name, epsilon: 1e-3 });
  const apply = (layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]) =>
    layer.apply(inputs.length === 1 ? inputs[0]! : inputs) as tf.SymbolicTensor;
  const input = tf.input({ shape: [8, 8, 3] });
  let x = apply(layers.conv2d({ name: "stem", filters: 4, kernelSize: 3, strides: 2, padding: "same" }), input);
  x = apply(layers.activation({ activation: "relu" }), x);
  // The projection comes first here, and second in the spec.
  const side = apply(layers.conv2d({ name: "a", filters: 4, kernelSize: 1, useBias: false }), x);
  let main = apply(layers.depthwiseConv2d({ name: "b", kernelSize: 3, padding: "same", useBias: false }), x);
  main = apply(norm("n"), main);
  main = apply(layers.conv2d({ name: "c", filters: 4, kernelSize: 1, useBias: false }), main);
  x = apply(layers.add(), main, side);
  x = apply(layers.flatten(), x);
  x = apply(layers.dense({ name: "d", units: 5 }), x);
  const model = tf.model({ inputs: input, outputs: x });
  model.setWeights(
    model.getWeights().map((weight, i) => tf.add(0.9, tf.randomUniform(weight.shape, -0.6, 0.6, "float32", i + 1))),
  );
  return model;
}

export const residualSpec = `
  stem: conv 3x3 4 stride=2 act=relu
  sum: branch add {
    main: path {
      depthwise: depthwise 3x3 norm=batch(eps=1e-3)
      conv: conv 1x1 4 bias=false
    }
    side: path { conv: conv 1x1 4 bias=false }
  }
  flatten
  head: dense 5`;
