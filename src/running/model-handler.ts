import type { io } from "@tensorflow/tfjs";

/** The bytes of one weight of each type in a shard. */
const bytesOf: Readonly<Record<string, number>> = { float32: 4, int32: 4, float16: 2, uint8: 1, uint16: 2 };

function bytesOfWeight({ name, shape, dtype, quantization }: io.WeightsManifestEntry): number {
  const type = quantization?.dtype ?? dtype;
  const size = bytesOf[type];
  if (size === undefined) throw new Error(`model.json stores "${name}" as ${type}, which mnet does not know.`);
  return shape.reduce((product, extent) => product * extent, size);
}

/**
 * Returns a handler for `tf.loadGraphModel` and `tf.loadLayersModel` that reads `model.json` and its shards with
 * `read`. Nothing is fetched. Loading rejects if the shards contain more or fewer bytes than the manifest says.
 */
export function modelHandler(read: (path: string) => Uint8Array): io.IOHandler {
  return {
    // The function is async so that a thrown error becomes a rejection.
    // eslint-disable-next-line @typescript-eslint/require-await
    load: async () => {
      const model = JSON.parse(new TextDecoder().decode(read("model.json"))) as io.ModelJSON;
      const shards = model.weightsManifest.flatMap(({ paths }) => paths).map(read);
      const weightSpecs = model.weightsManifest.flatMap(({ weights }) => weights);
      const wanted = weightSpecs.reduce((sum, weight) => sum + bytesOfWeight(weight), 0);
      const held = shards.reduce((sum, { length }) => sum + length, 0);
      if (held !== wanted) throw new Error(`The weights have ${held} bytes, but model.json lists ${wanted}.`);
      const joined = new Uint8Array(wanted);
      let offset = 0;
      for (const shard of shards) {
        joined.set(shard, offset);
        offset += shard.length;
      }
      return { ...model, weightSpecs, weightData: joined.buffer };
    },
  };
}
